/** The few parts of a service worker's scope that service-worker.js uses, beside the page's own types. */

interface Window {
  JOURNAL: { version: string; shell: string[]; neutral: string };
  clients: Clients;
  registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
}

interface WindowEventMap {
  install: InstallEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
  push: PushEvent;
  notificationclick: NotificationEvent;
  pushsubscriptionchange: PushSubscriptionChangeEvent;
}

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface MessageEvent {
  waitUntil(work: Promise<unknown>): void;
}

interface InstallEvent extends ExtendableEvent {
  addRoutes?(route: { condition: { requestMethod: string }; source: "network" }): Promise<void>;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface PushEvent extends ExtendableEvent {
  readonly data: PushMessageData | null;
  /** What a browser that reads the message itself would show. */
  readonly notification?: Notification | null;
}

interface PushMessageData {
  json(): any;
}

interface NotificationEvent extends ExtendableEvent {
  readonly action: string;
  readonly notification: Notification;
}

interface PushSubscriptionChangeEvent extends ExtendableEvent {
  readonly oldSubscription: PushSubscription | null;
  readonly newSubscription: PushSubscription | null;
}

interface Notification {
  readonly actions?: readonly { action: string; title: string }[];
  readonly navigate?: string;
}

interface NotificationOptions {
  actions?: readonly { action: string; title: string }[];
  navigate?: string;
  renotify?: boolean;
}

interface Clients {
  matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<WindowClient[]>;
  openWindow(url: string): Promise<WindowClient | null>;
}

interface WindowClient {
  focus(): Promise<WindowClient>;
  navigate(url: string): Promise<WindowClient | null>;
}
