"""The old executor's habits: upstream first, inputs enforced in the pool, errors with their inputs, items that are errors."""

from __future__ import annotations

import asyncio
import time

import api
from process_common import POOL, Context, Executor, NodeError, enforce_outputs, source_of
from progress_controller import Aborted


class OldContext(Context):
    """Nodes know by its module who runs them."""


class Later:
    """A value of an edge that nobody has asked for yet."""

    def __init__(self, port, values):
        self.lazy = api.Lazy(lambda: port.enforce_(values()[0]))


class OldExecutor(Executor):
    context_class = OldContext

    async def values(self, node_id, places=None):
        ports = self.node(node_id).inputs
        values = []
        for place in range(len(ports)) if places is None else places:
            if ports[place].lazy:
                now = super().values
                values.append(Later(ports[place], lambda now=now, place=place: self.ask(now(node_id, [place]))))
            else:
                values += await super().values(node_id, [place])
        return values

    def ask(self, values):
        """Works out values on the event loop, for a thread that waits."""
        return asyncio.run_coroutine_threadsafe(values, self.loop).result()

    async def result(self, node_id):
        if node_id in self.results:
            return self.results[node_id]
        values = await self.values(node_id)
        await self.step()
        self.emit("node-start", nodeId=node_id)
        start = time.time()
        outputs = await self.call(node_id, values, lambda returned: enforce_outputs(self.node(node_id), returned))
        await self.finish(node_id, outputs, start)
        return outputs

    async def call(self, node_id, values, then=lambda returned: returned):
        item, node = self.chain[node_id], self.node(node_id)
        iterated = self.takes(node_id)

        def work():
            enforced = []
            for place, (port, value) in enumerate(zip(node.inputs, values, strict=True)):
                if isinstance(value, Later):
                    enforced.append(value.lazy)
                else:
                    enforced.append(None if place in iterated else port.enforce_(value))
            return then(node.run(*self.arguments(node_id, enforced)))

        try:
            return await self.loop.run_in_executor(POOL, work)
        except Aborted:
            raise
        except Exception as error:
            values = [value.lazy if isinstance(value, Later) else value for value in values]
            raise NodeError(error, source_of(item, node, values)) from error

    def check_lengths(self, generators):
        assert len({generator.expected_length for generator in generators}) <= 1, "generators of one collector differ in length"

    def skips(self, items, made, errors):
        failed = False
        for one, item in items.items():
            if isinstance(item, Exception):
                if made[one].fail_fast:
                    raise NodeError(item, None)
                errors.append(item)
                failed = True
        return failed

    def stand_ins(self, node_id, _first):
        return [None] * len(self.takes(node_id))

    async def transform(self, _node_id, _lists):
        raise AssertionError("the old executor has no transformers")
