"""A protocol version as plain immutable data: visits, timing, anchors, regimens, decisions."""
