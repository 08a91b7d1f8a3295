package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.models.LeNet5;
import io.lanewise.training.Dataset;
import io.lanewise.training.NormalizedImages;
import io.lanewise.training.TensorDataset;
import io.lanewise.training.Trainer;
import io.lanewise.training.data.FashionMnist;
import io.lanewise.training.data.ImageDataset;
import java.util.stream.Stream;

/** LeNet-5's weights after an epoch, on a few images of noise and on some of Fashion-MNIST. */
final class NetworkBits {
  private static final int CLASSES = 10;
  private static final int PAD = 2;
  private static final int IMAGES =
      1_500; // eleven steps and a smaller one: cold at first, then hot

  private NetworkBits() {}

  static Stream<BitCase> cases() {
    return Stream.of(
        new BitCase("network", "lenet5 noise", (b, p, out) -> train(noise(8), 4, b, p, out)),
        new BitCase(
            BitCases.LONG_OP, "lenet5 sample", (b, p, out) -> train(sample(), 128, b, p, out)));
  }

  private static void train(
      Dataset data, int batchSize, Backend backend, Parallel par, BitCase.Output out) {
    Sequential net = LeNet5.create(CLASSES);
    Trainer.of(net).backend(backend).parallel(par).epochs(1).batchSize(batchSize).fit(data);
    net.namedParameters().forEach((name, p) -> out.add(name, p.value()));
  }

  private static Dataset noise(int n) {
    BitData data = BitData.of("images");
    return new TensorDataset(data.floats(LeNet5.inputShape(n)), data.labels(n, CLASSES), CLASSES);
  }

  private static Dataset sample() {
    ImageDataset images = FashionMnist.sample().train().take(IMAGES);
    return new NormalizedImages(images, NormalizedImages.measure(images, PAD));
  }
}
