"""The window itself: application, main window, menus, bars."""
