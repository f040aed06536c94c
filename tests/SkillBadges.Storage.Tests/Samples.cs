using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>A document with a value of every kind that a path can have.</summary>
public sealed record Sample(string Id, string Learner = "ana", string Title = "", long Rank = 0)
{
    public string? Live { get; init; }

    public string? Assignee { get; init; }

    public string[] Tags { get; init; } = [];

    public string[] Codes { get; init; } = [];

    public DateTimeOffset At { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Text { get; init; } = "";
}

/// <summary>One of a chain whose rows lie together.</summary>
public sealed record Link(string Id, string Chain, long Number, string Text = "");

/// <summary>Rows that lie together and share their values.</summary>
public sealed record Turn(string Id, string Group, long Rank);

public static class Samples
{
    public static readonly AccessPath<Sample> ByLearner = new AccessPath<Sample>("learner").Equal("learner", s => s.Learner).OrderBy("title", s => s.Title);
    public static readonly AccessPath<Sample> ByRank = new AccessPath<Sample>("ranked").Equal("learner", s => s.Learner).OrderBy("rank", s => s.Rank);
    public static readonly AccessPath<Sample> ByTime = new AccessPath<Sample>("time").OrderBy("at", s => s.At);
    public static readonly AccessPath<Sample> ByTitle = new AccessPath<Sample>("title").OrderBy("title", s => s.Title);
    public static readonly AccessPath<Sample> ByAssignee = new AccessPath<Sample>("assignee").Equal("assignee", s => s.Assignee).Equal("rank", s => s.Rank);
    public static readonly AccessPath<Sample> ByTag = new AccessPath<Sample>("tag").Each("tag", s => s.Tags).Equal("learner", s => s.Learner).OrderBy("at", s => s.At);
    public static readonly AccessPath<Sample> LiveOnce = new AccessPath<Sample>("live").Equal("learner", s => s.Learner).Equal("live", s => s.Live).Unique();
    public static readonly AccessPath<Sample> CodeOnce = new AccessPath<Sample>("code").Each("code", s => s.Codes).Unique();

    public static readonly DocumentKind<Sample> Kind = new("sample", s => s.Id)
    {
        Paths = [ByLearner, ByRank, ByTime, ByTitle, ByAssignee, ByTag, LiveOnce, CodeOnce],
    };

    public static readonly AccessPath<Link> ByChain = new AccessPath<Link>("chain").Equal("chain", l => l.Chain).OrderBy("number", l => l.Number).Unique();
    public static readonly AccessPath<Link> ByText = new AccessPath<Link>("text").Equal("text", l => l.Text);
    public static readonly DocumentKind<Link> Links = new("link", l => l.Id) { Paths = [ByChain, ByText], ClusteredBy = ByChain };

    public static readonly AccessPath<Turn> ByGroup = new AccessPath<Turn>("group").Equal("group", t => t.Group).OrderBy("rank", t => t.Rank);
    public static readonly DocumentKind<Turn> Turns = new("turn", t => t.Id) { Paths = [ByGroup], ClusteredBy = ByGroup };

    public static readonly DocumentKind[] Kinds = [Kind, Links, Turns, RequestDocuments.Kind, LeaseDocuments.Kind, LeaseDocuments.Terms];
}
