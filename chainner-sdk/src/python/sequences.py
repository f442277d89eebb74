"""What calls of nodes that work on sequences return. The work is done by the functions passed in."""


class Generator:
    """Items in the making, each a value, or a tuple of several outputs.

    An item that fails is raised; unless `fail_fast`, the next one follows.
    """

    __slots__ = ("__weakref__", "_about", "_facts", "_next", "close")

    def __init__(self, step, about, close):
        self._next = step
        self._about = about
        self._facts = None
        self.close = close

    def __iter__(self):
        return self

    def __next__(self):
        return self._next()

    def _fact(self, index):
        if self._facts is None:
            self._facts = self._about()
        return self._facts[index]

    @property
    def expected_length(self):
        """How many items there will be; `None` if that is not known."""
        return self._fact(0)

    @property
    def fail_fast(self):
        """Whether the first item that fails is the last."""
        return self._fact(1)

    @property
    def statics(self):
        """The outputs that are not given item by item, a tuple."""
        return self._fact(2)

    @property
    def item_types(self):
        """What is known of all items, for each of their outputs: a Navi expression as JSON, or `None`."""
        return self._fact(3)


class Collector:
    """A fold: `push` the values of each item, then `finish` for the outputs."""

    __slots__ = ("__weakref__", "_is_over", "close", "finish", "push")

    def __init__(self, push, finish, is_over, close):
        self.push = push
        self.finish = finish
        self._is_over = is_over
        self.close = close

    @property
    def is_over(self):
        """Whether further items are ignored."""
        return self._is_over()


def collect(collector, items):
    """Pushes all items, or as many as are wanted."""
    try:
        for item in items:
            collector.push(*item)
            if collector.is_over:
                break
        return collector.finish()
    finally:
        collector.close()
