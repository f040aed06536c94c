using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Derived;

[JsonConverter(typeof(JsonStringEnumConverter<DerivedKind>))]
public enum DerivedKind
{
    /// <summary>A stack's own award: every badge of the stack is held.</summary>
    [JsonStringEnumMemberName("stack")]
    Stack,

    /// <summary>A college's proof of credit that it wrote down for badges.</summary>
    [JsonStringEnumMemberName("credit")]
    Credit,
}

[JsonConverter(typeof(JsonStringEnumConverter<DerivedState>))]
public enum DerivedState
{
    /// <summary>Recorded; it is being signed.</summary>
    [JsonStringEnumMemberName("signing")]
    Signing,

    [JsonStringEnumMemberName("issued")]
    Issued,

    [JsonStringEnumMemberName("revoked")]
    Revoked,

    /// <summary>Good until its own day; another that is good for longer took its place.</summary>
    [JsonStringEnumMemberName("replaced")]
    Replaced,
}

/// <summary>
/// A credential about a learner that no assessor decides: it follows from badges that stand. It is recorded, signed and revoked as an award is, under an
/// <see cref="IssuanceIntent"/> of the same id.
/// </summary>
/// <param name="Subject">What it is for, once for a learner while it is live: a stack's slug, or a credit claim's id.</param>
/// <param name="About">The stack's version, such as <c>welding-1@1</c>, or the course.</param>
/// <param name="EarnedAt">When the last of what it rests on was there.</param>
public sealed record DerivedCredential(CredentialId Credential, PersonId Learner, OrganizationId Organization, DerivedKind Kind, string Subject, string About, string Name, DateTimeOffset EarnedAt)
{
    /// <summary>The badges it rests on that this instance issued.</summary>
    public ImmutableArray<CredentialId> RestsOn { get; init; } = [];

    /// <summary>Ids of recognitions it rests on.</summary>
    public ImmutableArray<string> Recognitions { get; init; } = [];

    /// <summary>Ids of certificates of others that an office saw and that it rests on.</summary>
    public ImmutableArray<string> Certificates { get; init; } = [];

    public DateTimeOffset? ValidUntil { get; init; }

    public DerivedState State { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool IsLive => State is DerivedState.Signing or DerivedState.Issued;

    public DerivedCredential Issue(DateTimeOffset at) => State == DerivedState.Signing
        ? this with { State = DerivedState.Issued, IssuedAt = at }
        : throw new InvalidOperationException($"The credential {Credential} is {State} already.");

    public DerivedCredential End(DateTimeOffset at) => IsLive
        ? this with { State = DerivedState.Revoked, EndedAt = at }
        : throw new InvalidOperationException($"The credential {Credential} is {State} already.");
}

public static class DerivedDocuments
{
    /// <summary>At most one live credential for a learner and what it is for.</summary>
    public static readonly AccessPath<DerivedCredential> Live = new AccessPath<DerivedCredential>("live")
        .Equal("learner", d => d.IsLive ? d.Learner.Value : null).Equal("kind", d => d.Kind.ToString()).Equal("subject", d => d.Subject).Unique();

    public static readonly AccessPath<DerivedCredential> ByLearner = new AccessPath<DerivedCredential>("learner").Equal("learner", d => d.Learner.Value).OrderBy("earned", d => d.EarnedAt);

    public static readonly AccessPath<DerivedCredential> ByRestsOn = new AccessPath<DerivedCredential>("rests_on").Each("credential", d => d.RestsOn.Select(id => id.Value)).OrderBy("earned", d => d.EarnedAt);

    public static readonly DocumentKind<DerivedCredential> Kind = new("derived_credential", d => d.Credential.Value) { Paths = [Live, ByLearner, ByRestsOn] };


    /// <summary>The signed awards of stacks that these people hold, who are one learner; also those that are on hold.</summary>
    public static async Task<IReadOnlyList<DerivedCredential>> StacksOfAsync(this IDocumentStore store, IEnumerable<PersonId> people, CancellationToken cancellationToken)
    {
        var found = await store.WholeAsync(Kind, ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken);
        return [.. found.Documents.Where(one => one is { Kind: DerivedKind.Stack, State: DerivedState.Issued })];
    }
}
