"""What both executors of the stand-in do alike."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from logger import logger

POOL = ThreadPoolExecutor(max_workers=4)
"""One pool for runs, previews and broadcasts."""


class NodeError(Exception):
    def __init__(self, error, source):
        super().__init__(str(error))
        self.source = source


def edges(item):
    return [value["id"] for value in item["inputs"] if value["type"] == "edge"]


class Executor:
    def __init__(self, registry, chain, events, broadcast, cache):
        self.registry = registry
        self.chain = {item["id"]: item for item in optimise(registry, chain)}
        self.events = events
        self.broadcast = broadcast
        self.results = dict(cache)
        self.paused = False
        self.killed = False
        self.tasks = []

    async def run(self):
        self.emit("chain-start", nodes=list(self.chain))
        try:
            for node_id in list(self.chain):
                if self.node(node_id).side_effects:
                    await self.result(node_id)
        except asyncio.CancelledError:
            pass
        finally:
            await asyncio.gather(*self.tasks)

    async def step(self):
        """Between two nodes is where pause and stop take effect."""
        while self.paused and not self.killed:
            await asyncio.sleep(0.01)
        if self.killed:
            raise asyncio.CancelledError

    def node(self, node_id):
        node, _ = self.registry.nodes[self.chain[node_id]["schemaId"]]
        assert self.chain[node_id]["nodeType"] == node.kind
        return node

    async def values(self, node_id):
        item = self.chain[node_id]
        count = len(self.node(node_id).inputs)
        values = []
        for value in item["inputs"]:
            values.append((await self.result(value["id"]))[value["index"]] if value["type"] == "edge" else value["value"])
        assert len(values) <= count, "list index out of range"
        return values + [None] * (count - len(values))

    async def finish(self, node_id, outputs, start):
        self.results[node_id] = outputs
        node = self.node(node_id)
        if self.broadcast and node.outputs:
            self.tasks.append(asyncio.ensure_future(self.tell(node_id, node, outputs)))
        self.emit("node-finish", nodeId=node_id, executionTime=time.time() - start)

    async def tell(self, node_id, node, outputs):
        try:
            data, types = await asyncio.get_running_loop().run_in_executor(POOL, describe, node, outputs)
        except Exception:
            logger.exception("a broadcast was dropped")
            return
        self.emit("node-broadcast", nodeId=node_id, data=data, types=types, sequenceTypes={})

    def emit(self, event, **data):
        self.events.put_nowait((event, data))


def describe(node, outputs):
    pairs = list(zip(node.outputs, outputs, strict=True))
    return (
        {str(output.id): output.get_broadcast_data(value) for output, value in pairs},
        {str(output.id): output.get_broadcast_type(value) for output, value in pairs},
    )


def enforce_outputs(node, returned):
    if not node.outputs:
        assert returned is None
        return []
    values = [returned] if len(node.outputs) == 1 else list(returned)
    assert len(values) == len(node.outputs)
    return [output.enforce(value) for output, value in zip(node.outputs, values, strict=True)]


def source_of(item, node, values):
    inputs = {str(port.id): port.get_error_value(value) for port, value in zip(node.inputs, values, strict=True)}
    return {"nodeId": item["id"], "schemaId": item["schemaId"], "inputs": inputs}


def optimise(registry, chain):
    """Takes out, until none is left, nodes that nobody reads and that have no side effects."""
    chain = list(chain)
    while True:
        read = {node_id for item in chain for node_id in edges(item)}
        kept = [item for item in chain if item["id"] in read or registry.nodes[item["schemaId"]][0].side_effects]
        if len(kept) == len(chain):
            return chain
        chain = kept
