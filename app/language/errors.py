"""Không đọc được: the one error of this package."""


class NotUnderstood(ValueError):
    """Chữ người dùng gõ không đọc được. Its sentence says what, why and how to write it.

    A ``ValueError``, because that is what form fields catch and show beside the control.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
