package io.lanewise.propertytests;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Parameter;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.models.LeNet5;
import io.lanewise.training.NormalizedImages;
import io.lanewise.training.Trainer;
import io.lanewise.training.data.FashionMnist;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Trains LeNet-5 for one epoch on the embedded sample and prints the backend and a digest of every
 * weight's bits.
 */
final class TrainOnce {
  private TrainOnce() {}

  public static void main(String[] args) throws Exception {
    Sequential net = LeNet5.create(10);
    var images = FashionMnist.sample().train();
    var data = new NormalizedImages(images, NormalizedImages.measure(images, 2));
    Backend backend = Backend.best();
    try (ForkJoinTeam team = ForkJoinTeam.of(Integer.parseInt(args[0]))) {
      Trainer.of(net).backend(backend).parallel(team).epochs(1).fit(data);
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Parameter p : net.parameters()) {
      Tensor w = p.value();
      ByteBuffer bytes = ByteBuffer.allocate(4 * w.size());
      for (float v : w.toArray()) {
        bytes.putInt(Float.floatToRawIntBits(v));
      }
      digest.update(bytes.array());
    }
    System.out.println("backend " + backend.describe());
    System.out.println("weights " + HexFormat.of().formatHex(digest.digest()));
  }
}
