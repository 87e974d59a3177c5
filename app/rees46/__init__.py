"""The contract: what REES46 can be asked, and asking it. Copy this folder out and you have an SDK."""
