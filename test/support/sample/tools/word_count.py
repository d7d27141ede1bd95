"""Counts the words of a text file and prints the most frequent ones."""

import sys


def count_words(text):
    counts = {}
    for word in text.lower().split():
        word = word.strip(".,;:!?\"'()")
        if word == "":
            continue
        if word in counts:
            counts[word] = counts[word] + 1
        else:
            counts[word] = 1
    return counts


def most_frequent(counts, limit):
    pairs = []
    for word in counts:
        pairs.append((counts[word], word))
    pairs.sort()
    pairs.reverse()
    return pairs[:limit]


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        for number, word in most_frequent(count_words(file.read()), 10):
            print(number, word)
