using System.Diagnostics.CodeAnalysis;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>What is kept of a credential: what was to be signed, what was signed, and its status; null for what is not there.</summary>
internal sealed record IssuedParts(IssuanceIntent? Intent, SignedCredential? Signed, CredentialStatus? Status)
{
    /// <summary>Whether its status is kept where the one is that is signed.</summary>
    [MemberNotNullWhen(true, nameof(Status))]
    public bool HasItsStatus => Status is not null && (Intent is null || (Status.List, Status.Index) == (Intent.StatusList, Intent.StatusIndex));

    public static async Task<IssuedParts> ReadAsync(IDocumentStore store, CredentialId credential, CancellationToken cancellationToken) => new(
        (await store.FindAsync(IssuanceIntentDocuments.Kind, credential.Value, cancellationToken))?.Document,
        (await store.FindAsync(SignedCredentialDocuments.Kind, credential.Value, cancellationToken))?.Document,
        (await store.FindAsync(CredentialStatusDocuments.Kind, credential.Value, cancellationToken))?.Document);

    /// <summary>For a sentence about a credential that is not in step.</summary>
    public string Words => $"what was to be signed is {Intent?.State.ToString() ?? "not there"}, and there is {(Signed is null ? "no" : "a")} signed credential.";
}
