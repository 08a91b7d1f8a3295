package io.lanewise.training;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Parameter;
import io.lanewise.layers.Sequential;
import io.lanewise.training.data.Batches;
import io.lanewise.training.metrics.Accuracy;
import io.lanewise.training.optim.Adam;
import io.lanewise.training.optim.LearningRate;
import io.lanewise.training.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains a network on labelled examples: shuffled batches, forward, loss, backward, step. Seed,
 * data and settings decide every bit of the result, whatever the number of threads. Each method
 * that sets something returns this.
 */
public final class Trainer {
  private final Sequential net;
  private Loss loss = Loss.crossEntropy();
  private Optimizer optimizer = Adam.withLearningRate(1e-3);
  private LearningRate schedule = LearningRate.constant();
  private int epochs = 10;
  private int batchSize = 128;
  private long seed = 1;
  private Backend backend;
  private Parallel parallel = Parallel.SEQUENTIAL;
  private TrainingListener listener = TrainingListener.NONE;

  private Trainer(Sequential net) {
    this.net = net;
  }

  /**
   * A trainer for a network: cross-entropy, Adam at 1e-3, 10 epochs of batches of 128, seed 1, the
   * best backend, one thread.
   */
  public static Trainer of(Sequential net) {
    return new Trainer(net);
  }

  /** What to make small. */
  public Trainer loss(Loss l) {
    this.loss = l;
    return this;
  }

  /** How weights follow gradients. */
  public Trainer optimizer(Optimizer o) {
    this.optimizer = o;
    return this;
  }

  /** How the learning rate changes over the run. */
  public Trainer schedule(LearningRate s) {
    this.schedule = s;
    return this;
  }

  /** How often to go through the data. */
  public Trainer epochs(int count) {
    this.epochs = atLeastOne("epochs", count);
    return this;
  }

  /** How many examples a step sees; the last batch of an epoch holds what is left. */
  public Trainer batchSize(int count) {
    this.batchSize = atLeastOne("batch size", count);
    return this;
  }

  /** Decides initial weights and order of examples. */
  public Trainer seed(long s) {
    this.seed = s;
    return this;
  }

  /** What computes. */
  public Trainer backend(Backend b) {
    this.backend = b;
    return this;
  }

  /** On which threads. */
  public Trainer parallel(Parallel p) {
    this.parallel = p;
    return this;
  }

  /** Who watches. */
  public Trainer listener(TrainingListener l) {
    this.listener = l;
    return this;
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
    return value;
  }

  /** Trains without validation data. */
  public History fit(Dataset train) {
    return fit(train, Optional.empty());
  }

  /** Trains, and evaluates after each epoch. */
  public History fit(Dataset train, Dataset validation) {
    return fit(train, Optional.of(validation));
  }

  private History fit(Dataset train, Optional<Dataset> validation) {
    if (train.size() == 0) {
      throw new IllegalArgumentException("there are no examples to train on");
    }
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom order = random.split();
    net.build(train.inputShape().prepend(1), random);
    requireClasses(train);
    validation.ifPresent(v -> requireAlike(train, v));
    Backend compute = backend == null ? Backend.best() : backend;
    Context ctx = Context.training(compute, parallel);
    Context evaluation = Context.inference(compute, parallel);
    List<History.Epoch> done = new ArrayList<>();
    long steps = (long) epochs * Math.ceilDiv(train.size(), batchSize);
    long step = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      Running running = new Running(epoch, train.size());
      int[] indices = Batches.shuffled(train.size(), order);
      for (int from = 0; from < train.size(); from += batchSize) {
        if (Thread.currentThread().isInterrupted()) {
          return new History(done, true);
        }
        int n = Math.min(batchSize, train.size() - from);
        step(train, indices, from, n, schedule.factor(step++, steps), ctx, running);
        listener.onBatch(running.progress(epochs));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Optional<Evaluation> after =
          validation.map(
              v -> Evaluation.of(net, v, batchSize, loss, evaluation, (i, label, y, row) -> {}));
      done.add(running.epoch(after, seconds));
      listener.onEpoch(done.get(done.size() - 1));
    }
    return new History(done, false);
  }

  /** Now, not after the first epoch. */
  private static void requireAlike(Dataset train, Dataset validation) {
    if (!validation.inputShape().equals(train.inputShape())
        || validation.classes() != train.classes()) {
      throw new IllegalArgumentException(
          "validation data must be like the training data, inputs "
              + train.inputShape()
              + " of "
              + train.classes()
              + " classes, got "
              + validation.inputShape()
              + " of "
              + validation.classes());
    }
  }

  private void requireClasses(Dataset train) {
    Shape out = net.outputShape(train.inputShape().prepend(1));
    if (out.rank() != 2 || out.dim(1) != train.classes()) {
      throw new IllegalArgumentException(
          "the network must give [n, " + train.classes() + "], one output a class, got " + out);
    }
  }

  /** One batch: forward, loss, backward, step. */
  private void step(
      Dataset train, int[] indices, int from, int n, double factor, Context ctx, Running running) {
    Tensor x = Tensor.zeros(train.inputShape().prepend(n));
    int[] labels = new int[n];
    train.fill(indices, from, x, labels);
    net.zeroGrad();
    Tensor output = net.forward(x, ctx);
    Tensor dOutput = Tensor.zeros(output.shape());
    double value = loss.evaluate(output, labels, dOutput, ctx);
    running.add(output, labels, value);
    net.backward(dOutput, false, ctx);
    optimizer.step(net.parameters(), factor);
    net.parameters().forEach(Parameter::changed);
  }

  /** Sums over an epoch. */
  private static final class Running {
    private final int epoch;
    private final int size;
    private double lossSum;
    private final Accuracy accuracy = new Accuracy();

    Running(int epoch, int size) {
      this.epoch = epoch;
      this.size = size;
    }

    void add(Tensor output, int[] labels, double loss) {
      lossSum += loss * labels.length;
      accuracy.add(output, labels, 0);
    }

    private double loss() {
      return lossSum / accuracy.count();
    }

    TrainingListener.Progress progress(int epochs) {
      return new TrainingListener.Progress(
          epoch, epochs, (int) accuracy.count(), size, loss(), accuracy.value());
    }

    History.Epoch epoch(Optional<Evaluation> validation, double seconds) {
      return new History.Epoch(
          epoch, loss(), accuracy.value(), validation, seconds, accuracy.count() / seconds);
    }
  }
}
