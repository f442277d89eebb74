"""The new executor's habits: downstream started first, inputs and outputs enforced on the event loop, errors without a source."""

from __future__ import annotations

import asyncio
import time

from process_common import POOL, Executor, NodeError, enforce_outputs


class NewExecutor(Executor):
    async def result(self, node_id):
        if node_id in self.results:
            return self.results[node_id]
        self.emit("node-start", nodeId=node_id)
        start = time.time()
        node = self.node(node_id)
        values = await self.values(node_id)
        await self.step()
        try:
            enforced = [port.enforce_(value) for port, value in zip(node.inputs, values, strict=True)]
            returned = await asyncio.get_running_loop().run_in_executor(POOL, lambda: node.run(*enforced))
            outputs = enforce_outputs(node, returned)
        except Exception as error:
            raise NodeError(error, None) from error
        await self.finish(node_id, outputs, start)
        return outputs
