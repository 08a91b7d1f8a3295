package io.lanewise.cli;

import io.lanewise.cli.report.SamplePrediction;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.training.data.Batches;
import io.lanewise.training.data.ImageDataset;
import io.lanewise.training.metrics.TopK;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Test images for the report, drawn by chance (the seed's), so that they show the network as it is.
 */
final class SampleChoice {
  private static final int COUNT = 25;

  private final ImageDataset images;
  private final Set<Integer> chosen = new HashSet<>();
  private final List<SamplePrediction> samples = new ArrayList<>();

  SampleChoice(ImageDataset images, long seed) {
    this.images = images;
    int[] order = Batches.shuffled(images.size(), new SplittableRandom(seed));
    for (int i = 0; i < Math.min(COUNT, order.length); i++) {
      chosen.add(order[i]);
    }
  }

  void visit(int index, int label, Tensor output, int row, Context ctx) {
    if (chosen.contains(index)) {
      int predicted = TopK.topK(output.slice(row, row + 1), 1)[0];
      float probability = TrainingRun.probabilities(output, row, ctx)[predicted];
      samples.add(
          new SamplePrediction(
              images.pixels(index),
              images.width(),
              images.height(),
              label,
              predicted,
              probability));
    }
  }

  List<SamplePrediction> samples() {
    return List.copyOf(samples);
  }
}
