"""The old executor's habits: upstream first, inputs enforced in the pool, errors told with their inputs."""

from __future__ import annotations

import asyncio
import time

from process_common import POOL, Executor, NodeError, enforce_outputs, source_of


class OldExecutor(Executor):
    async def result(self, node_id):
        if node_id in self.results:
            return self.results[node_id]
        values = await self.values(node_id)
        await self.step()
        self.emit("node-start", nodeId=node_id)
        start = time.time()
        item, node = self.chain[node_id], self.node(node_id)
        try:
            outputs = await asyncio.get_running_loop().run_in_executor(POOL, call, node, values)
        except Exception as error:
            raise NodeError(error, source_of(item, node, values)) from error
        await self.finish(node_id, outputs, start)
        return outputs


def call(node, values):
    enforced = [port.enforce_(value) for port, value in zip(node.inputs, values, strict=True)]
    return enforce_outputs(node, node.run(*enforced))
