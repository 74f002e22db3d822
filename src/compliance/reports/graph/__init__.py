"""The documentation graph for readers and programs: a tree, node-link JSON, Graphviz DOT, an SVG picture."""

from .dot import write_dot
from .node_link import write_node_link
from .svg import write_svg
from .tree import write_tree
from .view import GraphView, view_graph

__all__ = ["GraphView", "view_graph", "write_dot", "write_node_link", "write_svg", "write_tree"]
