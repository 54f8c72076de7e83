"""What is needed to have sentences written down by recognisers, and to tell what came back otherwise.

words        a text as words, and how two of them lie beside each other; homophones are the same
recognisers  what writes down: models that come as packages, with what they wrote kept by the sound's digest
scenes       sentences as they sound: over a bed, on a phone in a room with a fan
"""
