"""Where the `journal` command begins."""

import signal


def main() -> None:
    """Run it; Ctrl-C while it is still loading ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from journal import cli

    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
