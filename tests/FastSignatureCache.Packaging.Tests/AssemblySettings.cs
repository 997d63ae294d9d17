// Two builds at a time would write to the same files.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
