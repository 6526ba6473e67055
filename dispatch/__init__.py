"""Who, by when (派单): reports, orders, their routing, their workflow and their clocks."""
