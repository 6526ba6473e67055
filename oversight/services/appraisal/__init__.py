"""Appraisal (考核): formulas, frozen months, appeals, and making them again."""
