"""`python -m tui` is `lstm-tui`."""

from tui.cli.main import main

if __name__ == "__main__":
    main()
