package io.lanewise.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Fashion-MNIST: 60,000 images of clothes to train with and 10,000 to test with, 28x28 grey pixels,
 * ten classes. A sample of 4,000 and 1,000, as many of each class, is part of this library; {@code
 * tools/make-fashion-sample} made it.
 *
 * @see <a href="https://arxiv.org/abs/1708.07747">Xiao, Rasul, Vollgraf, Fashion-MNIST: a Novel
 *     Image Dataset for Benchmarking Machine Learning Algorithms, 2017</a>
 */
public final class FashionMnist {
  /** The mean of all training pixels, scaled to 0..1. */
  public static final float MEAN = 0.2860f;

  /** The standard deviation of all training pixels, scaled to 0..1. */
  public static final float STD = 0.3530f;

  /** What the labels 0 to 9 stand for. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final String NAME = "Fashion-MNIST";
  private static final Path INSTALLED = Path.of("/usr/share/datasets/fashion-mnist");

  private FashionMnist() {}

  /**
   * Reads the four files of the full set, each plain or {@code .gz}, from a folder.
   *
   * @throws IdxException if a file is missing, damaged, or does not fit the others
   * @throws IOException if the system cannot read a file
   */
  public static Split load(Path folder) throws IOException {
    return IdxFolder.load(NAME, IdxFolder.source(folder), Optional.of(CLASS_NAMES));
  }

  /** The folder of Debian's package {@code dataset-fashion-mnist}, if it is installed. */
  public static Optional<Path> find() {
    return Optional.of(INSTALLED).filter(IdxFolder::isComplete);
  }

  /** The sample that is part of this library: 400 images a class for training, 100 for testing. */
  public static Split sample() {
    try {
      return IdxFolder.load(NAME + " sample", FashionMnist::resource, Optional.of(CLASS_NAMES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IdxFile resource(String name) throws IOException {
    String file = "fashion-mnist-sample/" + name + ".gz";
    try (InputStream in = FashionMnist.class.getResourceAsStream(file)) {
      return IdxParser.parse(file, Objects.requireNonNull(in, file).readAllBytes());
    }
  }
}
