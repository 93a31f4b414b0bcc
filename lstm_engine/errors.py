"""The one exception whose text is written for the person at the keyboard."""


class UserError(Exception):
    """Bad input, told in one sentence: what is wrong, where, and what was expected.

    Command lines print the sentence and exit with status 2; dialogs show it in place.
    """
