/** The few parts of a service worker's scope that service-worker.js uses, beside the page's own types. */

interface Window {
  JOURNAL: { version: string; shell: string[] };
  registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
}

interface WindowEventMap {
  install: InstallEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
}

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface InstallEvent extends ExtendableEvent {
  addRoutes?(route: { condition: { requestMethod: string }; source: "network" }): Promise<void>;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}
