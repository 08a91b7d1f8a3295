package io.lanewise.kernels.loss;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Losses#cosineEmbedding}, for one shape. Immutable; share it between threads. */
public interface CosineEmbeddingLoss {
  /** Added to squared lengths, so that none is 0. */
  double LENGTH = 1e-12;

  /** Of both inputs: [n][d]. */
  Shape shape();

  /** Of loss and dloss: [n], or [] if the terms are reduced. */
  Shape lossShape();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Computes the loss.
   *
   * @param a {@link #shape()}, read
   * @param b {@link #shape()}, read; may be a
   * @param alike n numbers: 1 for rows that should be alike, -1 for others
   * @param loss {@link #lossShape()}, written; may not share elements with a or b
   */
  void forward(Tensor a, Tensor b, int[] alike, Tensor loss, Workspace ws, Parallel par);

  /**
   * Computes {@code da = Σ dloss · ∂loss/∂a}, and db.
   *
   * @param a {@link #shape()}, read
   * @param b {@link #shape()}, read; may be a
   * @param alike as in {@link #forward}
   * @param dloss {@link #lossShape()}, read
   * @param da {@link #shape()}, written; may not share elements with any other
   * @param db {@link #shape()}, written; may not share elements with any other
   */
  void backward(
      Tensor a,
      Tensor b,
      int[] alike,
      Tensor dloss,
      Tensor da,
      Tensor db,
      Workspace ws,
      Parallel par);

  /** Checks what {@link #forward} is given, once for all implementations. */
  static void requireForward(
      CosineEmbeddingLoss plan, Tensor a, Tensor b, int[] alike, Tensor loss) {
    requireShape(a, plan.shape(), "a");
    requireShape(b, plan.shape(), "b");
    requireShape(loss, plan.lossShape(), "loss");
    requireDisjoint(loss, "loss", a, "a");
    requireDisjoint(loss, "loss", b, "b");
    requireAlike(plan.shape().dim(0), alike);
  }

  /** Checks what {@link #backward} is given, once for all implementations. */
  static void requireBackward(
      CosineEmbeddingLoss plan,
      Tensor a,
      Tensor b,
      int[] alike,
      Tensor dloss,
      Tensor da,
      Tensor db) {
    requireShape(a, plan.shape(), "a");
    requireShape(b, plan.shape(), "b");
    requireShape(dloss, plan.lossShape(), "dloss");
    requireShape(da, plan.shape(), "da");
    requireShape(db, plan.shape(), "db");
    requireDisjoint(da, "da", a, "a");
    requireDisjoint(da, "da", b, "b");
    requireDisjoint(da, "da", dloss, "dloss");
    requireDisjoint(db, "db", a, "a");
    requireDisjoint(db, "db", b, "b");
    requireDisjoint(db, "db", dloss, "dloss");
    requireDisjoint(db, "db", da, "da");
    requireAlike(plan.shape().dim(0), alike);
  }

  private static void requireAlike(int n, int[] alike) {
    if (alike.length != n) {
      throw new IllegalArgumentException(
          "there must be one number a row: " + n + " rows, got " + alike.length);
    }
    for (int i = 0; i < n; i++) {
      if (alike[i] != 1 && alike[i] != -1) {
        throw new IllegalArgumentException(
            "rows are alike, 1, or not, -1, got " + alike[i] + " at " + i);
      }
    }
  }
}
