package io.lanewise.training.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A folder with a dataset under MNIST's file names: {@code train-images-idx3-ubyte}, {@code
 * train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each
 * as it is or with {@code .gz}. A file {@code labels.txt}, if there is one, names the classes, one
 * a line.
 */
public final class IdxFolder {
  static final String TRAIN = "train";
  static final String TEST = "t10k";
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";
  private static final String NAMES = "labels.txt";
  private static final int MAX_CLASSES = 256; // a label is a byte

  /** Where files come from: a folder, or the jar. */
  @FunctionalInterface
  interface Source {
    IdxFile read(String name) throws IOException;
  }

  private IdxFolder() {}

  /**
   * Reads a folder; the classes are named by {@code labels.txt}, else by their numbers.
   *
   * @throws IdxException if a file is missing, damaged, or does not fit the others
   * @throws IOException if the system cannot read a file
   */
  public static Split load(Path folder) throws IOException {
    return load(folder, null);
  }

  /**
   * Reads a folder.
   *
   * @param classNames by label, or null: then {@code labels.txt} says, else they are called "0",
   *     "1" and so on up to the largest label
   * @throws IdxException if a file is missing, damaged, or does not fit the others
   * @throws IOException if the system cannot read a file
   */
  public static Split load(Path folder, List<String> classNames) throws IOException {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return load(
        name == null ? folder.toString() : name.toString(),
        source(folder),
        classNames == null ? classNames(folder) : Optional.of(classNames));
  }

  /** Reads the four files and fits them together. */
  static Split load(String name, Source source, Optional<List<String>> classNames)
      throws IOException {
    IdxPart train = IdxPart.of(source.read(TRAIN + IMAGES), source.read(TRAIN + LABELS));
    IdxPart test = IdxPart.of(source.read(TEST + IMAGES), source.read(TEST + LABELS));
    String size = IdxPart.size(train.images());
    if (!IdxPart.size(test.images()).equals(size)) {
      throw new IdxException(
          "%s: expected images of %s as in %s, got %s"
              .formatted(
                  test.images().file(), size, train.images().file(), IdxPart.size(test.images())));
    }
    int classes = Math.max(train.classes(), test.classes());
    List<String> names =
        classNames.orElseGet(
            () -> IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    return new Split(train.dataset(name + " train", names), test.dataset(name + " test", names));
  }

  static Source source(Path folder) {
    return file -> IdxFile.read(require(folder, file));
  }

  /** True if all four files are there. */
  static boolean isComplete(Path folder) {
    return IntStream.range(0, 4)
        .mapToObj(i -> (i < 2 ? TRAIN : TEST) + (i % 2 == 0 ? IMAGES : LABELS))
        .allMatch(file -> find(folder, file).isPresent());
  }

  private static Path require(Path folder, String file) throws IdxException {
    return find(folder, file)
        .orElseThrow(
            () ->
                new IdxException(
                    "%s: expected a file %s or %s.gz, got neither".formatted(folder, file, file)));
  }

  private static Optional<Path> find(Path folder, String file) {
    return List.of(file, file + ".gz").stream()
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst();
  }

  private static Optional<List<String>> classNames(Path folder) throws IOException {
    Path path = folder.resolve(NAMES);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(path)) {
        names.add(line.strip());
      }
    } catch (CharacterCodingException e) {
      throw new IdxException(path + ": expected text in UTF-8", e);
    }
    while (!names.isEmpty() && names.getLast().isEmpty()) {
      names.removeLast();
    }
    if (names.isEmpty() || names.size() > MAX_CLASSES) {
      throw new IdxException(
          path + ": expected 1 to " + MAX_CLASSES + " class names, got " + names.size());
    }
    if (names.contains("")) {
      throw new IdxException(
          path
              + ": expected a class name on each line, got none on line "
              + (names.indexOf("") + 1));
    }
    return Optional.of(names);
  }
}
