"""Devices, deliveries, receipts, and the one way to put a notification on a device."""
