"""The stand-in's own package."""

from api import add_package

package = add_package(__file__, id="standin", name="Stand-in", description="Nodes of the stand-in.")
category = package.add_category("Stand-in", "Nodes of the stand-in.", "MdHome", "#000000")
group = category.add_node_group("Nodes")
