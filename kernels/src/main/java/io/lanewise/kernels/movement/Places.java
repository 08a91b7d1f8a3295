package io.lanewise.kernels.movement;

/**
 * Where units lie in a tensor x that indices name: a unit is a run of elements, and number u of
 * them is number u of y, the tensor of picked elements or updates. Tasks of {@link #scatter} and
 * {@link #take} share no element of x, and each goes through its units in their order.
 */
interface Places {
  /** The axes to which the indices belong, taking turns. */
  int[] sizes();

  /** Tasks of {@link #gather}. */
  int gatherTasks();

  /** Tasks of {@link #scatter} and {@link #take}. */
  int scatterTasks();

  /** {@code y[u] = x[place(u)]}. */
  void gather(int task, Indices indices, float[] x, int xOff, float[] y, int yOff);

  /** {@code x[place(u)] = mode(x[place(u)], y[u])}, u upwards. */
  void scatter(
      int task, Indices indices, ScatterMode mode, float[] y, int yOff, float[] x, int xOff);

  /** {@code y[u] = x[place(u)]; x[place(u)] = 0}, u downwards. */
  void take(int task, Indices indices, float[] x, int xOff, float[] y, int yOff);
}
