using System.Text.Json.Serialization;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

public enum IntentState
{
    Open,
    Completed,

    /// <summary>Corrected before it was signed; it never will be.</summary>
    Cancelled,
}

/// <summary>
/// What will be signed, recorded in the commit that decided it: after a crash the very same bytes are signed, once.
/// </summary>
/// <param name="Award">Null for a <see cref="Derived.DerivedCredential"/>, which has the credential's id.</param>
/// <param name="Payload">The unsigned credential as JSON text; its UTF-8 is what is signed.</param>
public sealed record IssuanceIntent(
    CredentialId Credential,
    AwardId? Award,
    OrganizationId Organization,
    StatusListId StatusList,
    int StatusIndex,
    [property: JsonConverter(typeof(QuotedText))] string Payload,
    DateTimeOffset PreparedAt)
{
    public IntentState State { get; init; } = IntentState.Open;

    /// <summary>Nothing is signed earlier: until then the decision can be undone. Absent where it could be signed at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was completed or cancelled.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    [JsonIgnore]
    public RecordedPayload Recorded => new(Credential, Organization, Payload, PreparedAt);

    [JsonIgnore]
    public DateTimeOffset DueAt => NotBefore ?? PreparedAt;

    public IssuanceIntent Complete(DateTimeOffset at) => Settle(IntentState.Completed, at);

    public IssuanceIntent Cancel(DateTimeOffset at) => Settle(IntentState.Cancelled, at);

    private IssuanceIntent Settle(IntentState state, DateTimeOffset at) => State == IntentState.Open
        ? this with { State = state, SettledAt = at }
        : throw new InvalidOperationException($"The intent for {Credential} is {State} already.");
}

public static class IssuanceIntentDocuments
{
    /// <summary>What waits for its signature, by when it may be signed.</summary>
    public static readonly AccessPath<IssuanceIntent> Open =
        new AccessPath<IssuanceIntent>("open").OrderBy("due", i => i.State == IntentState.Open ? i.DueAt : null);

    public static readonly DocumentKind<IssuanceIntent> Kind = new("issuance_intent", i => i.Credential.Value) { Paths = [Open] };
}
