"""The executors' own side of a run. This `Aborted` is not the one that nodes see."""


class Aborted(Exception):  # noqa: N818
    pass
