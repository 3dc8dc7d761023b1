"""What people type on the pages of the work. Forms check shape, services check business."""
