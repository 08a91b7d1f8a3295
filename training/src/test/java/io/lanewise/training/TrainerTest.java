package io.lanewise.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Layers;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.models.LeNet5;
import io.lanewise.training.data.FashionMnist;
import io.lanewise.training.optim.Adam;
import io.lanewise.training.optim.LearningRate;
import io.lanewise.training.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  /** Points of two classes on either side of a circle: no line parts them. */
  private static TensorDataset circle(int n) {
    SplittableRandom random = new SplittableRandom(5);
    Tensor x = Tensor.zeros(n, 2);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      double a = random.nextDouble() * 2 - 1;
      double b = random.nextDouble() * 2 - 1;
      x.set((float) a, i, 0);
      x.set((float) b, i, 1);
      labels[i] = a * a + b * b < 0.5 ? 1 : 0;
    }
    return new TensorDataset(x, labels, 2);
  }

  private static Sequential net() {
    return Sequential.of(Layers.linear(16).tanh(), Layers.linear(16).tanh(), Layers.linear(2));
  }

  @Test
  void learnsWhatNoLinearModelCan() {
    History history =
        Trainer.of(net())
            .optimizer(Adam.withLearningRate(0.02))
            .epochs(40)
            .batchSize(32)
            .fit(circle(500), circle(500));
    assertEquals(40, history.epochs().size());
    assertFalse(history.interrupted());
    History.Epoch first = history.epochs().get(0);
    History.Epoch last = history.last().orElseThrow();
    assertTrue(last.validation().orElseThrow().accuracy() > 0.95, () -> "got " + last);
    assertTrue(last.trainLoss() < first.trainLoss() / 2, () -> first + " to " + last);
  }

  private static float[] lenetWeights(Parallel parallel, long seed) {
    Sequential net = LeNet5.create(10);
    var images = FashionMnist.sample().train().take(100);
    var data = new NormalizedImages(images, NormalizedImages.measure(images, 2));
    Trainer.of(net).epochs(1).batchSize(33).seed(seed).parallel(parallel).fit(data);
    List<Float> all = new ArrayList<>();
    net.parameters()
        .forEach(
            p -> {
              for (float v : p.value().toArray()) {
                all.add(v);
              }
            });
    float[] w = new float[all.size()];
    for (int i = 0; i < w.length; i++) {
      w[i] = all.get(i);
    }
    return w;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void threadsDoNotShowInTheBits(int threads) {
    try (ForkJoinTeam team = ForkJoinTeam.of(threads)) {
      float[] want = lenetWeights(Parallel.SEQUENTIAL, 1);
      float[] got = lenetWeights(team, 1);
      for (int i = 0; i < want.length; i++) {
        assertEquals(
            Float.floatToRawIntBits(want[i]), Float.floatToRawIntBits(got[i]), "weight " + i);
      }
    }
  }

  @Test
  void anotherSeedGivesOtherWeights() {
    assertFalse(
        java.util.Arrays.equals(
            lenetWeights(Parallel.SEQUENTIAL, 1), lenetWeights(Parallel.SEQUENTIAL, 2)));
  }

  @Test
  void tellsListenersOfEveryBatchAndEpoch() {
    List<TrainingListener.Progress> batches = new ArrayList<>();
    List<History.Epoch> epochs = new ArrayList<>();
    History history =
        Trainer.of(net())
            .epochs(2)
            .batchSize(4)
            .listener(
                new TrainingListener() {
                  @Override
                  public void onBatch(Progress p) {
                    batches.add(p);
                  }

                  @Override
                  public void onEpoch(History.Epoch e) {
                    epochs.add(e);
                  }
                })
            .fit(circle(10));
    assertEquals(
        List.of(4, 8, 10, 4, 8, 10),
        batches.stream().map(TrainingListener.Progress::examples).toList());
    assertEquals(List.of(1, 1, 1, 2, 2, 2), batches.stream().map(p -> p.epoch()).toList());
    assertEquals(history.epochs(), epochs);
    assertTrue(epochs.get(0).validation().isEmpty());
  }

  @Test
  void stopsWhenInterruptedAndKeepsWholeEpochs() {
    List<Integer> seen = new ArrayList<>();
    History history =
        Trainer.of(net())
            .epochs(5)
            .batchSize(4)
            .listener(
                new TrainingListener() {
                  @Override
                  public void onBatch(Progress p) {
                    seen.add(p.epoch());
                    if (p.epoch() == 2 && p.examples() == 8) {
                      Thread.currentThread().interrupt();
                    }
                  }
                })
            .fit(circle(12));
    assertTrue(Thread.interrupted(), "the flag stays set for the caller");
    assertTrue(history.interrupted());
    assertEquals(1, history.epochs().size());
    assertEquals(List.of(1, 1, 1, 2, 2), seen);
  }

  @Test
  void scheduleScalesTheSteps() {
    Sequential moved = net();
    Sequential still = net();
    TensorDataset data = circle(10);
    moved.build(data.inputShape().prepend(1), new SplittableRandom(1));
    still.build(data.inputShape().prepend(1), new SplittableRandom(1));
    float[] before = still.parameters().get(0).value().toArray();
    Trainer.of(moved).epochs(1).optimizer(Sgd.withLearningRate(1)).fit(data);
    LearningRate zero = (step, steps) -> 0;
    Trainer.of(still).epochs(1).optimizer(Sgd.withLearningRate(1)).schedule(zero).fit(data);
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        before, still.parameters().get(0).value().toArray());
    assertFalse(java.util.Arrays.equals(before, moved.parameters().get(0).value().toArray()));
  }

  @Test
  void refusesWhatCannotWork() {
    assertEquals(
        "epochs must be at least 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(net()).epochs(0))
            .getMessage());
    assertEquals(
        "batch size must be at least 1, got -1",
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(net()).batchSize(-1))
            .getMessage());
    TensorDataset none = new TensorDataset(Tensor.zeros(0, 2), new int[0], 2);
    assertEquals(
        "there are no examples to train on",
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(net()).fit(none))
            .getMessage());
    TensorDataset three = new TensorDataset(Tensor.zeros(1, 2), new int[1], 3);
    assertEquals(
        "the network must give [n, 3], one output a class, got [1, 2]",
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(net()).fit(three))
            .getMessage());
    assertEquals(
        "label 2 of example 0 is not in [0, 2)",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TensorDataset(Tensor.zeros(1, 2), new int[] {2}, 2))
            .getMessage());
    assertEquals(
        "inputs must have shape [2, ...], one for each label, got [1, 2]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TensorDataset(Tensor.zeros(1, 2), new int[2], 2))
            .getMessage());
  }

  @Test
  void refusesUnlikeValidationDataBeforeTraining() {
    TensorDataset other = new TensorDataset(Tensor.zeros(1, 3), new int[1], 2);
    List<TrainingListener.Progress> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onBatch(Progress p) {
            seen.add(p);
          }
        };
    assertEquals(
        "validation data must be like the training data, inputs [2] of 2 classes, got [3] of 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(net()).listener(listener).fit(circle(10), other))
            .getMessage());
    assertEquals(List.of(), seen);
  }

  @Test
  void aBatchMayBeLargerThanTheData() {
    History history = Trainer.of(net()).epochs(1).batchSize(Integer.MAX_VALUE).fit(circle(10));
    assertEquals(1, history.epochs().size());
  }

  @Test
  void evaluationNeedsABatchSize() {
    assertEquals(
        "batch size must be at least 1, got 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> Evaluation.of(net(), circle(1), 0, null, null, null))
            .getMessage());
  }

  @Test
  void nothingCannotBeMeasured() {
    var none = FashionMnist.sample().test().take(0);
    String message =
        assertThrows(IllegalArgumentException.class, () -> NormalizedImages.measure(none, 2))
            .getMessage();
    assertTrue(message.startsWith("there are no images to measure"), message);
  }
}
