using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>What is measured must be the work that it is said to be.</summary>
public class ContenderTests
{
    [Fact]
    public void Every_contender_finds_what_was_put_and_nothing_else() => Roster.VisitAll(new Check());

    [Fact]
    public void Every_bounded_contender_stays_within_its_capacity() => Roster.VisitBounded(new Fill());

    private sealed class Check : IContenderVisitor
    {
        public void Visit<TContender>()
            where TContender : struct, IContender<TContender>
        {
            var corpus = new Corpus(seed: 1);
            using var contender = TContender.Create(new ContenderSettings(100));
            var key = corpus.NextKey();
            contender.Put(key, "malformed");
            Assert.Null(contender.Find(key));

            contender.Put(key, corpus.NextSignature(400));
            contender.Put(key, corpus.NextSignature(400));
            Assert.NotNull(contender.Find(key.Copy()));
            Assert.NotNull(contender.FindBySpans(key.Copy()));

            // HybridCache keeps two things of its own among the entries.
            Assert.InRange(contender.Count, 1, 3);

            var other = corpus.NextKey();
            Assert.Null(contender.Find(other));
            Assert.Null(contender.FindBySpans(other));
        }
    }

    private sealed class Fill : IContenderVisitor
    {
        private const int Capacity = 100;

        public void Visit<TContender>()
            where TContender : struct, IContender<TContender>
        {
            var corpus = new Corpus(seed: 1);
            using var contender = TContender.Create(new ContenderSettings(Capacity) { ForReplay = true });
            var signature = corpus.NextSignature(400);
            foreach (var key in corpus.NextKeys(10 * Capacity))
            {
                contender.Put(key, signature);
                contender.Settle(key);
            }

            Assert.InRange(contender.Count, Capacity / 2, Capacity);
        }
    }
}
