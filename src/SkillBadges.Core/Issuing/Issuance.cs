using System.Text;
using SkillBadges.Core.Issuing.Endorsements;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing;

/// <summary>
/// The first of two steps: records, in the commit that decides, exactly what will be signed. The second step
/// (<c>IssuanceFinisher</c>) signs it, after a crash too.
/// </summary>
public sealed class Issuance(IDocumentStore store, StatusIndexes indexes, InstanceAddress address, TimeProvider clock)
{
    public const int MaxEvidence = 200;

    /// <summary>Whoever records many signs them together (<see cref="IssuanceFinisher.FinishTogetherAsync"/>), and the sweep what that leaves: no message is sent for each.</summary>
    public bool SignsTogether { get; init; }

    /// <summary>
    /// Adds to <paramref name="changes"/> the award, its intent, its status, the learner's pseudonym if it is the first here, that the organization awards the version, and the message that has it
    /// signed. Call it in each round of a <see cref="Commits"/> attempt; a lost round costs an unused status index.
    /// </summary>
    /// <exception cref="RefusedException">
    /// <c>award.already-live</c>, unless the same changes end the live one; <c>award.incomplete</c> when a competency has no level or one below what it requires,
    /// or is there twice; <c>award.not-issuable</c>; <c>award.too-much-evidence</c>; <c>definition.unknown-competency</c>; <c>scale.unknown-level</c>.
    /// </exception>
    public async Task<Award> PrepareAsync(IssuanceRequest request, Changes changes, CancellationToken cancellationToken)
    {
        RequireComplete(request);
        await RequireFreeSlotAsync(request, changes, cancellationToken);
        var now = clock.Now();
        var credential = CredentialId.New();
        var subject = await LearnerPseudonymDocuments.SubjectAsync(store, request.Learner, request.Organization.Id, changes, cancellationToken);
        var slot = await indexes.TakeAsync(request.Organization.Id, cancellationToken);
        var endorsed = request with { Endorsements = await BadgeEndorsements.EmbeddableAsync(store, request.Badge.Id, changes, cancellationToken) };
        var payload = AwardCredential.Of(endorsed, address, credential, subject, slot).ToJson();
        RequireSound(payload);
        var award = new Award(
            AwardId.New(now), request.Learner, request.Organization.Id, request.Badge.Id, request.Attempt, credential, request.SubmissionId, request.DecisionId, request.Levels, request.DecidedAt)
        {
            UndoableUntil = request.NotBefore,
        };
        var issuer = new BadgeIssuer(request.Badge.Id, award.Organization);
        if (!changes.Documents.Any(change => change.Kind == BadgeIssuerDocuments.Kind && change.Id == issuer.Id)
            && await store.FindAsync(BadgeIssuerDocuments.Kind, issuer.Id, cancellationToken) is null)
        {
            changes.Add(BadgeIssuerDocuments.Kind, issuer);
        }

        changes
            .Add(AwardDocuments.Kind, award)
            .Add(IssuanceIntentDocuments.Kind, new(credential, award.Id, award.Organization, slot.List, slot.Index, Encoding.UTF8.GetString(payload), now) { NotBefore = request.NotBefore })
            .Add(CredentialStatusDocuments.Kind, new(credential, award.Organization, slot.List, slot.Index));
        if (!SignsTogether)
        {
            changes.Send(IssuingTopics.FinishIntent(credential, request.NotBefore ?? now));
        }

        return award;
    }

    private static void RequireComplete(IssuanceRequest request)
    {
        var badge = request.Badge;
        var levels = request.Levels.Select(level => level.Competency).ToHashSet(StringComparer.Ordinal);
        var complete = levels.Count == request.Levels.Length
            && badge.Competencies.All(competency => levels.Contains(competency.Id))
            && request.Levels.All(level => badge.Satisfies(level.Competency, level.Level));
        if (!complete)
        {
            throw Refused.Invalid("award.incomplete", "Every skill of the badge needs one level, at least the level that it asks for.");
        }

        if (request.Evidence.Length > MaxEvidence)
        {
            throw Refused.Invalid("award.too-much-evidence", $"A badge names at most {MaxEvidence} pieces of evidence.");
        }
    }

    // What is recorded here will be signed as it is, so it is held to the standard now.
    private static void RequireSound(byte[] payload)
    {
        if (OpenBadgeValidation.Check(payload).Faults is [var fault, ..])
        {
            throw Refused.Invalid("award.not-issuable", $"The badge's definition does not make a valid Open Badges credential: {fault.Code} at {fault.Path}.");
        }
    }

    // The unique index judges; asking first gives the plainer answer.
    private async Task RequireFreeSlotAsync(IssuanceRequest request, Changes changes, CancellationToken cancellationToken)
    {
        var slot = AwardDocuments.Live.Where(request.Learner.Value, request.Badge.Id.ToString(), request.Attempt);
        var live = await store.FirstAsync(AwardDocuments.Kind, slot, cancellationToken);
        if (live is not null && !changes.Documents.Any(change => change.Kind == AwardDocuments.Kind && change.Document is Award { IsLive: false } ended && ended.Id == live.Document.Id))
        {
            throw Refused.Conflict("award.already-live", "The learner holds this badge from this attempt already.");
        }
    }
}
