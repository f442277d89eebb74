"""The new executor's habits: downstream started first, inputs and outputs enforced on the event loop, errors without a source."""

from __future__ import annotations

import time

import api
from process_common import POOL, Context, Executor, NodeError, enforce_outputs
from progress_controller import Aborted


class NewContext(Context):
    """Nodes know by its module who runs them."""


class NewExecutor(Executor):
    context_class = NewContext

    async def result(self, node_id):
        if node_id in self.results:
            return self.results[node_id]
        self.emit("node-start", nodeId=node_id)
        start = time.time()
        values = await self.values(node_id)
        await self.step()
        returned = await self.call(node_id, values)
        try:
            outputs = enforce_outputs(self.node(node_id), returned)
        except Exception as error:
            raise NodeError(error, None) from error
        await self.finish(node_id, outputs, start)
        return outputs

    async def call(self, node_id, values):
        node = self.node(node_id)
        iterated = self.takes(node_id)
        try:
            enforced = []
            for place, (port, value) in enumerate(zip(node.inputs, values, strict=True)):
                if place in iterated:
                    enforced.append(value)
                elif port.lazy:
                    lazy = api.Lazy(lambda port=port, value=value: port.enforce_(value))
                    _ = lazy.has_error or lazy.value  # filled already
                    enforced.append(lazy)
                else:
                    enforced.append(port.enforce_(value))
            return await self.loop.run_in_executor(POOL, lambda: node.run(*self.arguments(node_id, enforced)))
        except (Aborted, api.Aborted) as error:
            # Neither is known here: a stop that a node answers is an error.
            raise NodeError(error, None) from error
        except Exception as error:
            raise NodeError(error, None) from error

    def check_lengths(self, _generators):
        """Not looked at."""

    def skips(self, items, _made, _errors):
        assert not any(isinstance(item, Exception) for item in items.values())
        return False

    def stand_ins(self, node_id, first):
        return first or [None] * len(self.takes(node_id))

    async def transform(self, node_id, rows):
        """With all items at hand, a transformer is a generator for those behind it."""
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in self.takes(node_id)]
        arguments = await self.values_around(node_id, iter(columns))
        self.results[node_id] = await self.call(node_id, arguments)
        self.completed.discard(node_id)
        await self.iterate(node_id)
