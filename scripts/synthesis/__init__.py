"""The synthesis of the bundled sounds, from sines and seeded noise alone.

    blocks  levels, slopes, places, noise, the notes of the key
    meter   loudness and peaks
    chimes  the sounds that say something
    loops   what makes a sound circular
    beds    the sounds under the voice

It needs numpy alone, and nothing of the package.
"""
