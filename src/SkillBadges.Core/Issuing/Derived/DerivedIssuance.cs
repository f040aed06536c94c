using System.Text;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing.Derived;

/// <summary>Records what will be signed, in the commit of whoever finds that nothing is missing; <see cref="IssuanceFinisher"/> signs it as it signs awards.</summary>
public sealed class DerivedIssuance(IDocumentStore store, StatusIndexes indexes, InstanceAddress address, TimeProvider clock)
{
    /// <summary>
    /// Adds to <paramref name="changes"/> the credential, its intent, its status and the message that has it signed. The unique path
    /// <see cref="DerivedDocuments.Live"/> refuses a second one.
    /// </summary>
    /// <exception cref="RefusedException"><c>award.not-issuable</c>.</exception>
    public async Task<DerivedCredential> PrepareAsync(DerivedRequest request, Changes changes, CancellationToken cancellationToken)
    {
        var (now, credential) = (clock.Now(), CredentialId.New());
        var subject = await LearnerPseudonymDocuments.SubjectAsync(store, request.Learner, request.Organization.Id, changes, cancellationToken);
        var slot = await indexes.TakeAsync(request.Organization.Id, cancellationToken);
        var payload = Payload(request, credential, subject, slot);
        if (OpenBadgeValidation.Check(payload).Faults is [var fault, ..])
        {
            throw Refused.Invalid("award.not-issuable", $"This does not make a valid Open Badges credential: {fault.Code} at {fault.Path}.");
        }

        var derived = new DerivedCredential(credential, request.Learner, request.Organization.Id, request.Kind, request.Subject, request.About, request.Achievement.Name, request.EarnedAt)
        {
            RestsOn = request.Badges,
            Recognitions = request.Recognitions,
            Certificates = request.Certificates,
            ValidUntil = request.ValidUntil,
        };
        changes
            .Add(DerivedDocuments.Kind, derived)
            .Add(IssuanceIntentDocuments.Kind, new(credential, null, derived.Organization, slot.List, slot.Index, Encoding.UTF8.GetString(payload), now))
            .Add(CredentialStatusDocuments.Kind, new(credential, derived.Organization, slot.List, slot.Index))
            .Send(IssuingTopics.FinishIntent(credential, now));
        return derived;
    }

    // Of the learner, only the pairwise subject id: as in an award's credential.
    private byte[] Payload(DerivedRequest request, CredentialId credential, string subject, StatusSlot slot)
    {
        var from = AwardCredential.WholeSeconds(request.EarnedAt);
        return new AchievementCredential
        {
            Id = address.Credential(credential),
            Name = request.Achievement.Name,
            Description = request.Achievement.Description,
            Issuer = AwardCredential.Profile(request.Organization, address),
            ValidFrom = from,
            AwardedDate = from,
            ValidUntil = request.ValidUntil is { } until ? AwardCredential.WholeSeconds(until) : null,
            CredentialSubject = new()
            {
                Id = subject,
                Achievement = request.Achievement,
                Result = request.Result is { } result ? [result] : [],
                CreditsEarned = request.CreditsEarned,
                Term = request.Term,
            },
            Evidence = [.. request.Evidence.Select(Proof)],
            CredentialStatus = AwardCredential.Status(address, slot),
        }.ToJson();
    }

    private Credentials.OpenBadges.Evidence Proof(MemberEvidence member) => new()
    {
        Id = member.Credential is { } credential ? address.Credential(credential) : null,
        Name = member.Name,
        Genre = "Badge",
        Description = member.From is { } from ? $"Awarded by {from} and recognized." : null,
    };
}
