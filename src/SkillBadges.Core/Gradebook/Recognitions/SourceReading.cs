using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Presentations;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>Reads what a learner brings, and has the verifier judge it.</summary>
public sealed class SourceReading(IDocumentStore store, InstanceVerifier verifier, PresentationWorkflow presentations, InstanceAddress address)
{
    /// <summary>For whom a presentation has to be made, so that one made for somebody else is of no use: this instance and this learner.</summary>
    public string DomainOf(PersonId learner) => address.Link($"/learners/{learner.Value}");

    /// <summary>A fresh question to whoever holds the learner's badge.</summary>
    public Task<(string Challenge, PresentationChallenge Asked)> AskAsync(PersonId learner, CancellationToken cancellationToken) => presentations.AskAsync(DomainOf(learner), cancellationToken);

    /// <summary>An award here, as its truth stands in the store.</summary>
    /// <exception cref="RefusedException"><c>award.not-found</c>.</exception>
    public async Task<Brought> OfAwardAsync(AwardId id, CancellationToken cancellationToken) =>
        await OfAwardAsync((await store.GetAsync(AwardDocuments.Kind, id.Value, "award", cancellationToken)).Document, null, cancellationToken);

    /// <summary>Every badge of a file, each with its own fault or none. A signed presentation must answer <paramref name="challenge"/>, which is spent.</summary>
    /// <exception cref="RefusedException">
    /// <c>recognition.not-genuine</c>, <c>recognition.too-many</c>, <c>recognition.too-large</c>, <c>recognition.not-presented</c>, those of <see cref="PresentationWorkflow.CheckAsync"/>.
    /// </exception>
    public async Task<IReadOnlyList<Brought>> OfFileAsync(ReadOnlyMemory<byte> file, string? challenge, PersonId learner, CancellationToken cancellationToken)
    {
        if (file.Length <= CredentialFile.MaxTextBytes && PastAward.Of(Encoding.UTF8.GetString(file.Span).Trim()) is { } past)
        {
            return [past];
        }

        var leaves = CredentialFile.Leaves(file);
        var report = challenge is null ? await verifier.VerifyAsync(file, cancellationToken) : await PresentedAsync(file, challenge, learner, cancellationToken);
        var isPresented = report.Holder == HolderProof.Proven;
        if (report.Format == CredentialFormat.Presentation ? !isPresented : challenge is not null)
        {
            throw Refused.Invalid("recognition.not-presented", "This is not a presentation that the learner's own key has signed for the question that was asked.");
        }

        // What the wrapping's signer did not sign says nothing of anything inside.
        if (leaves is not [{ Place: "" }] && FaultOf(report, isOuter: true) is { } outer)
        {
            throw outer;
        }

        var brought = new List<Brought>();
        foreach (var leaf in leaves)
        {
            var own = leaf.Place.Length == 0 ? report : report.Inner.FirstOrDefault(inner => inner.Place == leaf.Place)?.Report;
            var fault = own is null ? NotGenuine("too-many-inside") : FaultOf(own, isOuter: false);
            brought.Add((await OfCredentialAsync(leaf.Text, own, fault, cancellationToken)) with { Place = leaf.Place, IsPresented = isPresented, Fault = fault });
        }

        return brought;
    }

    /// <summary>A credential that was brought earlier, as the verifier judges it now.</summary>
    public async Task<Brought> OfTextAsync(string text, CancellationToken cancellationToken)
    {
        var report = await verifier.VerifyAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        return await OfCredentialAsync(text, report, FaultOf(report, isOuter: false), cancellationToken);
    }

    private async Task<VerificationReport> PresentedAsync(ReadOnlyMemory<byte> file, string challenge, PersonId learner, CancellationToken cancellationToken)
    {
        // A question asked for another learner, or by somebody else's verifier, is answered by a signature that was not meant for this.
        var asked = await store.GetAsync(PresentationChallengeDocuments.Kind, PresentationChallenge.IdOf(challenge), "presentation-challenge", cancellationToken);
        return asked.Document.Domain == DomainOf(learner) ? await presentations.CheckAsync(file, challenge, cancellationToken) : throw Refused.NotFound("presentation-challenge");
    }

    private async Task<Brought> OfCredentialAsync(string text, VerificationReport? report, RefusedException? fault, CancellationToken cancellationToken)
    {
        var summary = report?.Credential;
        var digest = Sha256Digest.Of(Encoding.UTF8.GetBytes(text));
        if (fault is not null || summary?.IssuerId is not { } issuer)
        {
            return new(new(SourceKind.Credential, digest.Hex, null, "", "", digest, "", default), [], null, null) { Fault = fault ?? NotGenuine("issuer-missing") };
        }

        if (summary.Id is { } url && address.CredentialOf(url) is { } own && await AwardOfAsync(own, issuer, cancellationToken) is { } award)
        {
            return await OfAwardAsync(award, summary.SubjectId, cancellationToken);
        }

        // A credential without an id of its own is the same only as its very bytes.
        var id = summary.Id ?? digest.Hex;
        var badge = await OwnBadgeAsync(summary.AchievementId, cancellationToken);
        var brought = new BroughtBadge(
            SourceKind.Credential, BroughtBadge.KeyOf(issuer, id), issuer, SkillReading.Shown(summary.IssuerName) ?? issuer, id, digest, SkillReading.Shown(summary.AchievementName ?? summary.Name) ?? "(a badge without a name)",
            Truncated(summary.AwardedDate ?? summary.ValidFrom ?? default))
        {
            ValidUntil = summary.ValidUntil is { } end ? Truncated(end) : null,
        };
        var skills = CredentialFile.Payload(text, credential => SkillReading.OfCredential(credential, badge, summary.AchievementId));
        return new(brought with { Word = skills is [{ Word: var word }] ? word : null }, skills, summary.SubjectId, text);
    }

    private async Task<Brought> OfAwardAsync(Award award, string? subject, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, award.Organization.Value, "organization", cancellationToken)).Document;
        var badge = await store.VersionAsync(award.Badge, cancellationToken);
        var intent = await store.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value, "award", cancellationToken);
        var status = await store.GetAsync(CredentialStatusDocuments.Kind, award.Credential.Value, "award", cancellationToken);
        var (did, id) = (address.DidOf(organization.Slug), address.Credential(award.Credential));
        var source = new BroughtBadge(
            SourceKind.Award, BroughtBadge.KeyOf(did, id), did, organization.Name, id, Sha256Digest.Of(intent.Document.Recorded.Bytes.Span), badge.Name, award.AwardedAt)
        {
            ValidUntil = badge.RecencyMonths is { } months ? award.AwardedAt.AddMonths(months) : null,
            Award = award.Id,
            Organization = award.Organization,
        };
        return new(source, await SkillReading.OfAwardAsync(store, award, cancellationToken), subject, null)
        {
            Learner = award.Learner,
            Fault = !award.IsLive || status.Document.Revoked is not null ? TakenBack() : status.Document.Suspended is not null ? OnHold() : null,
        };
    }

    // The id alone says nothing: the credential has to be signed by the organization that made the award.
    private async Task<Award?> AwardOfAsync(CredentialId credential, string issuer, CancellationToken cancellationToken)
    {
        var award = (await store.FirstAsync(AwardDocuments.Kind, AwardDocuments.ByCredential.Where(credential.Value), cancellationToken))?.Document;
        return award is not null && address.DidOf((await store.GetAsync(OrganizationDocuments.Kind, award.Organization.Value, "organization", cancellationToken)).Document.Slug) == issuer ? award : null;
    }

    private async Task<BadgeDefinition?> OwnBadgeAsync(string? achievement, CancellationToken cancellationToken)
    {
        var prefix = address.Link("/achievements/");
        return achievement?.Length <= 300 && achievement.StartsWith(prefix, StringComparison.Ordinal) && achievement[prefix.Length..].Split('/') is [var slug, var version]
            && BadgeVersionId.TryParse($"{slug}@{version}", null, out var id)
                ? (await store.FindAsync(DefinitionDocuments.Versions, id.ToString(), cancellationToken))?.Document
                : null;
    }

    private static DateTimeOffset Truncated(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    /// <param name="report">What the verifier says.</param>
    /// <param name="isOuter">Whether it is about the wrapping: then what is inside is judged by itself.</param>
    private static RefusedException? FaultOf(VerificationReport report, bool isOuter)
    {
        if (isOuter)
        {
            var holds = report.Format == CredentialFormat.Presentation ? report.Holder == HolderProof.Proven : report.SignatureHolds && report[CheckName.Validity].Outcome != CheckOutcome.Failed;
            return !holds ? NotGenuine(report.Code) : report[CheckName.Status].Outcome == CheckOutcome.Failed ? TakenBack() : null;
        }

        return report.Verdict switch
        {
            Verdict.Valid or Verdict.ValidIssuerUnknown => null,
            Verdict.Expired => Refused.Invalid("recognition.expired", "The badge is out of date: it was good until a day that has passed."),
            Verdict.RevokedOrSuspended => report.Code == "suspended" ? OnHold() : TakenBack(),
            Verdict.CouldNotBeChecked => Refused.Unavailable("recognition.could-not-be-checked", "The issuer's key or list is out of reach now. Please bring it again later."),
            _ => NotGenuine(report.Code),
        };
    }

    private static RefusedException TakenBack() => Refused.Invalid("recognition.taken-back", "The badge was taken back by whoever gave it.");

    private static RefusedException OnHold() => Refused.Invalid("recognition.on-hold", "The badge is on hold at whoever gave it.");

    private static RefusedException NotGenuine(string code) => Refused.Invalid("recognition.not-genuine", $"The badge is not what a school signed ({code}).");
}
