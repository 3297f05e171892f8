"""Random walks over the real orchestration code and the emulator, with faults, kills and foreign clients."""
