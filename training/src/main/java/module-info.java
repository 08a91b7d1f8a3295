/**
 * Data, losses, optimisers, the trainer, metrics and checkpoints. Start at {@link
 * io.lanewise.training.Trainer}.
 */
module io.lanewise.training {
  requires transitive io.lanewise.layers;

  exports io.lanewise.training;
  exports io.lanewise.training.checkpoint;
  exports io.lanewise.training.data;
  exports io.lanewise.training.metrics;
  exports io.lanewise.training.optim;
}
