"""The calendar that shows on which days a visit can be booked."""
