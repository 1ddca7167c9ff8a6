"""Processes of ours: what tells them to stop, and that none outlives whoever started it."""

import os
import signal
import threading
from multiprocessing.connection import wait
from multiprocessing.process import parent_process

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def outlive_nobody(end: signal.Signals) -> None:
    """Send this process `end` once whoever started it is gone."""
    threading.Thread(target=_watch, args=(end,), daemon=True).start()


def _watch(end: signal.Signals) -> None:
    if parent := parent_process():
        wait([parent.sentinel])
        os.kill(os.getpid(), end)
