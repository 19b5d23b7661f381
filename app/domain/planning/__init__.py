"""Planning: a protocol version and one participant's facts give the calendar."""
