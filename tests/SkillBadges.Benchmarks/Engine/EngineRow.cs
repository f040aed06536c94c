namespace SkillBadges.Benchmarks.Engine;

/// <summary>What a row holds a work of ours against.</summary>
internal enum Opponent
{
    /// <summary>The packages in Node that issuers use.</summary>
    Peer,

    /// <summary>The same with jsonld.js issue 414 repaired.</summary>
    RepairedPeer,

    /// <summary>And with what else its cache of contexts misses.</summary>
    BestPeer,

    /// <summary>What nobody can do without: read the JSON, hash the canonical form, sign or verify with the library that we use.</summary>
    Limit,
}

/// <summary>One line of the table.</summary>
/// <param name="Name">What <c>--only</c> looks for.</param>
/// <param name="Work">A name of <see cref="OwnWork"/> and, without "limit", of bench.mjs.</param>
/// <param name="Kilobytes">The size of the badge.</param>
/// <param name="Goal">The ratio to reach; 0 when there is no goal.</param>
internal sealed record EngineRow(string Name, string Title, string Work, int Kilobytes, Opponent Against, double Goal)
{
    public static IReadOnlyList<EngineRow> All { get; } =
    [
        .. OfRdf("issue-rdfc", "issue eddsa-rdfc-2022", "issueRdfc", goal: 100, repaired: 35, share: 0.5),
        new("issue-rdfc-2kb", "issue eddsa-rdfc-2022, 2 KB", "issueRdfc", 2, Opponent.Peer, 80),
        new("issue-rdfc-20kb", "issue eddsa-rdfc-2022, 20 KB", "issueRdfc", 20, Opponent.Peer, 100),
        .. OfRdf("verify-rdfc", "verify eddsa-rdfc-2022", "verifyRdfc", goal: 70, repaired: 20, share: 0),
        new("n-quads", "JSON to canonical N-Quads", "canonize", 6, Opponent.Peer, 200),
        .. WithLimit("issue-jcs", "issue eddsa-jcs-2022", "issueJcs", goal: 10, share: 0),
        .. WithLimit("verify-jcs", "verify eddsa-jcs-2022", "verifyJcs", goal: 3.5, share: 0),
        .. WithLimit("issue-jwt", "issue VC-JWT ES256", "issueJwt", goal: 8, share: 0),
        .. WithLimit("verify-jwt", "verify VC-JWT ES256", "verifyJwt", goal: 2.5, share: 0),
        new("status", "status list of 10M bits, one flip", "flipStatus", 6, Opponent.Peer, 30),
    ];

    private static string LimitOf(string work) => $"limit{char.ToUpperInvariant(work[0])}{work[1..]}";

    private static IEnumerable<EngineRow> OfRdf(string name, string title, string work, double goal, double repaired, double share)
    {
        foreach (var row in WithLimit(name, title, work, goal, share))
        {
            yield return row;
        }

        yield return new($"{name}-repaired", "  peer with jsonld.js 414 repaired", work, 6, Opponent.RepairedPeer, repaired);
        yield return new($"{name}-best", "  and its clones kept", work, 6, Opponent.BestPeer, 0);
    }

    /// <summary>Against the peer; the limit against the peer, which is the most that can be had here; and our share of the limit.</summary>
    private static IEnumerable<EngineRow> WithLimit(string name, string title, string work, double goal, double share) =>
    [
        new(name, title, work, 6, Opponent.Peer, goal),
        new($"{name}-most", "  the most this machine allows", LimitOf(work), 6, Opponent.Peer, 0),
        new($"{name}-limit", "  our share of that", work, 6, Opponent.Limit, share),
    ];

    /// <summary>The work that the other side does.</summary>
    public string OtherWork => Against == Opponent.Limit ? LimitOf(Work)
        : Work.StartsWith("limit", StringComparison.Ordinal) ? $"{char.ToLowerInvariant(Work[5])}{Work[6..]}" : Work;
}
