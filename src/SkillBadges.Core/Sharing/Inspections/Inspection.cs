using System.Text;
using System.Text.Json;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Statements;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Inspections;

/// <summary>A piece of proof as the inspection lists it.</summary>
/// <param name="Submission">With <paramref name="Evidence"/>, where its content is downloaded.</param>
/// <param name="Kept">What a file counts as when it is asked how long it is kept; null for texts, links and what was erased.</param>
/// <param name="KeptUntil">When its time is over; null while the work waits for a decision.</param>
public sealed record InspectedEvidence(string Submission, string Evidence, string Title, string MediaType, long Bytes, Sha256Digest Sha256, RetentionClass? Kept, DateTimeOffset? KeptUntil);

/// <summary>
/// All that schools keep of one learner, as files of JSON, for the learner and the family (34 CFR 99.10): the learner sees everything, a guardian what the
/// record-keepers hold in whose records the family has the rights. To show it to them is no disclosure (99.32(d)(1)).
/// </summary>
public sealed class Inspection(IDocumentStore store, RightsReading rights, FamilyRights family, EffectiveSettings settings, IEnumerable<InspectionPart> parts)
{
    /// <summary>The files by name.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<IReadOnlyList<(string Name, string Json)>> ReadAsync(Actor actor, PersonId learner, CancellationToken cancellationToken)
    {
        var self = await store.GetAsync(PersonDocuments.Kind, learner.Value, "learner", cancellationToken);
        var people = await rights.PeopleAsync(self.Document, cancellationToken);
        string[] ids = [.. people.Select(person => person.Id.Value)];
        Func<OrganizationId, bool> sees = _ => true;
        var isLearner = !actor.IsLimited && ids.Contains(actor.Person.Value, StringComparer.Ordinal);
        if (!isLearner)
        {
            var keepers = await family.RecordKeepersAsync(actor, [.. people.Select(person => person.Id)], cancellationToken);
            sees = keepers.Count > 0 ? keepers.Contains : throw Refused.NotFound("learner");
        }

        var entries = await AllAsync(LedgerDocuments.Kind, LedgerDocuments.ByLearner, ids, entry => sees(entry.RecordKeeper), cancellationToken);
        var work = await AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.ByLearner, ids, submission => sees(submission.Organization), cancellationToken);
        var awards = await AllAsync(AwardDocuments.Kind, AwardDocuments.ByLearner, ids, award => sees(award.Organization), cancellationToken);
        var derived = await AllAsync(DerivedDocuments.Kind, DerivedDocuments.ByLearner, ids, one => sees(one.Organization), cancellationToken);
        List<(string, string)> files =
        [
            ("ledger.json", Json(entries)),
            ("scales.json", Json(await store.FindAllAsync(ScaleSnapshotDocuments.Kind, entries.Select(entry => entry.Facts.Scale.Digest.Hex), cancellationToken))),
            ("skills.json", Json(await store.FindAllAsync(CompetencyTextDocuments.Kind, entries.Select(entry => entry.Facts.Competency.StatementDigest.Hex), cancellationToken))),
            ("statements.json", Json(await AllAsync(StatementDocuments.Kind, StatementDocuments.ByLearner, ids, statement => sees(statement.RecordKeeper), cancellationToken))),
            ("work.json", Json(work)),
            ("evidence.json", Json(await EvidenceAsync(work, cancellationToken))),
            ("awards.json", Json(awards)),
            ("credentials.json", Json(await store.FindAllAsync(SignedCredentialDocuments.Kind, awards.Select(award => award.Credential.Value).Concat(derived.Select(one => one.Credential.Value)), cancellationToken))),
            ("derived-credentials.json", Json(derived)),
            ("consents.json", Json(await AllAsync(ConsentDocuments.Kind, ConsentDocuments.ByLearner, ids, consent => sees(consent.Terms.Records.RecordKeeper), cancellationToken))),
            ("disclosures.json", Json(await AllAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner, ids, row => sees(row.RecordKeeper), cancellationToken))),
        ];
        foreach (var part in parts.OrderBy(part => part.Name, StringComparer.Ordinal))
        {
            files.Add((part.Name, await part.ReadAsync(store, new(ids, sees, isLearner), cancellationToken)));
        }

        return files;
    }

    private async Task<IReadOnlyList<InspectedEvidence>> EvidenceAsync(IEnumerable<Submission> work, CancellationToken cancellationToken)
    {
        var listed = new List<InspectedEvidence>();
        foreach (var submission in work)
        {
            var days = new Dictionary<RetentionClass, int>
            {
                [RetentionClass.Media] = (await settings.ReadAsync(submission.Organization, values => values.MediaDays, cancellationToken)).Value,
                [RetentionClass.Files] = (await settings.ReadAsync(submission.Organization, values => values.FileDays, cancellationToken)).Value,
            };
            var there = Retention.FilesOf(submission).Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var item in submission.AllItems.DistinctBy(item => item.Id))
            {
                RetentionClass? kept = there.Contains(item.Id) ? Retention.ClassOf(item) : null;
                listed.Add(new(
                    submission.Id.Value, item.Id, item.Title, item.MediaType, item.Bytes, item.Digest, kept, kept is { } known ? Retention.RestsSince(submission)?.AddDays(days[known]) : null));
            }
        }

        return listed;
    }

    /// <summary>Writes the files as a ZIP.</summary>
    public static Task WriteAsync(IReadOnlyList<(string Name, string Json)> files, Stream target, CancellationToken cancellationToken) => PackZip.WriteAsync(
        target,
        [.. files.Select(file => (file.Name, (Func<CancellationToken, Task<Stream>>)(_ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(file.Json), writable: false)))))],
        cancellationToken);

    private async Task<IReadOnlyList<T>> AllAsync<T>(DocumentKind<T> kind, AccessPath<T> byLearner, string[] people, Func<T, bool> sees, CancellationToken cancellationToken)
        where T : class
    {
        var found = new List<T>();
        await foreach (var read in store.AllAsync(kind, byLearner.WhereAny(people), cancellationToken))
        {
            if (sees(read.Document))
            {
                found.Add(read.Document);
            }
        }

        return found;
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, DocumentJson.Options);
}
