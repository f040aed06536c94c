using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>A skill that a person recognizes.</summary>
/// <param name="Level">Code of a level of the badge's scale, where the person says at which; null keeps the level of the source.</param>
public sealed record AcceptedSkill(string CompetencyId, string? Level = null);

/// <summary>What a person decides about a badge from elsewhere.</summary>
/// <param name="Badge">Slug of the badge that it counts for; null for the one that was found.</param>
/// <param name="Skills">Which of its skills; empty for all that were found.</param>
/// <param name="Reason">In one line, 1 to 500 characters.</param>
/// <param name="OwnerReason">Why it is the learner's own, where nothing shows it: a registrar's word.</param>
public sealed record Acceptance(string? Badge, ImmutableArray<AcceptedSkill> Skills, string Reason, string? OwnerReason);

/// <summary>The school's office decides what no list and no rule could: accept, ask for more, decline.</summary>
public sealed class RecognitionDecisions(Commits commits, Authority authority, FamilyRights family, SourceReading sources, RecognitionRecord record)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>A case: for the learner, the family and the office of the school.</summary>
    /// <exception cref="RefusedException"><c>recognition.not-found</c>.</exception>
    public async Task<Read<RecognitionCase>> ReadAsync(Actor actor, RecognitionId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(RecognitionDocuments.Kind, id.Value, "recognition", cancellationToken);
        var people = await store.SameLearnerAsync(read.Document.Learner, cancellationToken);
        return people.Contains(actor.Person)
            || await authority.FindAsync(actor, read.Document.School, Offices.Records, cancellationToken) is not null
            || (await family.RecordKeepersAsync(actor, people, cancellationToken)).Contains(read.Document.School)
                ? read
                : throw Refused.NotFound("recognition");
    }

    /// <summary>What a school has in one state, oldest first. For its office.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<RecognitionCase>> ListAsync(Actor actor, OrganizationId school, RecognitionState state, Func<DocumentQuery<RecognitionCase>, DocumentQuery<RecognitionCase>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, school, Offices.Records, cancellationToken);
        return await store.QueryAsync(RecognitionDocuments.Kind, page(RecognitionDocuments.BySchool.Where(school.Value, state.ToString())), cancellationToken);
    }

    /// <exception cref="RefusedException">
    /// <c>recognition.not-found</c>, <c>recognition.own</c>, <c>recognition.decided</c>, <c>recognition.reason</c>, <c>recognition.owner-unproven</c>, <c>recognition.badge-needed</c>, <c>recognition.level-needed</c>, <c>recognition.taken-back</c>,
    /// <c>recognition.exists</c>, <c>badge.not-found</c>, <c>definition.unknown-competency</c>, <c>scale.unknown-level</c>, <c>request.stale</c>.
    /// </exception>
    public Task<Read<RecognitionCase>> AcceptAsync(Actor actor, RecognitionId id, Acceptance acceptance, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => ChangeAsync(
        actor, id, ifMatch, key,
        async (found, membership, changes, attemptToken) =>
        {
            var brought = await BroughtAsync(found.RequireOpen(), changes, attemptToken);
            var owned = WithOwner(await AnsweredAsync(found, brought, changes, attemptToken), acceptance, membership);
            var badge = acceptance.Badge is { } slug
                ? await store.CurrentVersionAsync(slug, attemptToken)
                : owned.Badge is { } known ? await store.VersionAsync(known, attemptToken) : throw Refused.Invalid("recognition.badge-needed", "Please say for which badge it counts.");
            if (await store.FirstAsync(RecognitionDocuments.Kind, RecognitionDocuments.Counting.Where(owned.School.Value, owned.Source.Key), attemptToken) is not null)
            {
                throw Refused.Conflict("recognition.exists", "This badge counts at this school already.");
            }

            var skills = Skills(owned, badge, acceptance);
            var reason = DisplayText.Require(acceptance.Reason, RecognitionCase.MaxReasonLength, "recognition.reason");
            var recognized = owned.Recognize(badge.Id, skills, reason, actor.Person, record.Now);
            var by = new Assessor(actor.Person, membership.Role, membership.Organization, AssessorRelation.AcceptsTheIssuer);
            return await record.WriteAsync(changes, recognized, badge, brought, by, attemptToken);
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>recognition.not-found</c>, <c>recognition.own</c>, <c>recognition.decided</c>, <c>recognition.reason</c>, <c>request.stale</c>.</exception>
    public Task<Read<RecognitionCase>> AskForMoreAsync(Actor actor, RecognitionId id, string? reason, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, key, (found, _, changes, _) => Task.FromResult(Told(changes, found.AskForMore(reason, actor.Person, record.Now))), cancellationToken);

    /// <exception cref="RefusedException"><c>recognition.not-found</c>, <c>recognition.own</c>, <c>recognition.decided</c>, <c>recognition.reason</c>, <c>request.stale</c>.</exception>
    public Task<Read<RecognitionCase>> DeclineAsync(Actor actor, RecognitionId id, string? reason, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => ChangeAsync(
        actor, id, ifMatch, key,
        async (found, _, changes, attemptToken) =>
        {
            if (await store.FindAsync(RecognitionDocuments.Texts, id.Value, attemptToken) is { } text)
            {
                changes.Remove(RecognitionDocuments.Texts, text);
            }

            return Told(changes, found.Decline(reason, actor.Person, record.Now) with { RecheckAt = null });
        },
        cancellationToken);

    // What the issuer answered since it was brought.
    private async Task<RecognitionCase> AnsweredAsync(RecognitionCase found, Brought brought, Changes changes, CancellationToken cancellationToken)
    {
        if (found.Owner is not null || await store.AnsweredAsync(found.School, brought, cancellationToken) is not { } answered)
        {
            return found;
        }

        changes.Require(AnsweredSubjectDocuments.Kind, answered);
        return (await store.SameLearnerAsync(found.Learner, cancellationToken)).Contains(answered.Document.Learner) ? found with { Owner = OwnerProof.RecordRequest } : throw RecognitionWorkflow.AnotherLearners();
    }

    // A registrar's word that it is the learner's own stands in the record; other staff give none.
    private RecognitionCase WithOwner(RecognitionCase found, Acceptance acceptance, Membership membership)
    {
        if (found.Owner is not null)
        {
            return found;
        }

        if (acceptance.OwnerReason is null || !Offices.Registry.Contains(membership.Role))
        {
            throw Refused.Forbidden("recognition.owner-unproven", "Nothing shows that this badge is the learner's own. The learner can sign a fresh question with their key, or a registrar says so with a reason.");
        }

        var reason = DisplayText.Require(acceptance.OwnerReason, RecognitionCase.MaxReasonLength, "recognition.reason");
        return found with { Owner = OwnerProof.Registrar, Steps = found.Steps.Add(new(found.State, membership.Person, reason, record.Now)) };
    }

    private static ImmutableArray<SkillFinding> Skills(RecognitionCase found, BadgeDefinition badge, Acceptance acceptance)
    {
        var asked = acceptance.Skills.IsDefaultOrEmpty ? [.. found.Skills.Where(_ => found.Badge?.Slug == badge.Slug).Select(skill => new AcceptedSkill(skill.CompetencyId))] : acceptance.Skills.DistinctBy(skill => skill.CompetencyId).ToImmutableArray();
        if (asked.IsEmpty)
        {
            throw Refused.Invalid("recognition.level-needed", "Please say which skills of the badge it shows, and at which level.");
        }

        return
        [
            .. asked.Select(skill =>
            {
                badge.Competency(skill.CompetencyId);
                var finding = found.Badge?.Slug == badge.Slug ? found.Skills.FirstOrDefault(one => one.CompetencyId == skill.CompetencyId) : null;
                finding ??= new(skill.CompetencyId, found.Source.Name, SkillMatch.Person, null, null, found.Source.Word, null, null, null, []);
                if (skill.Level is not null)
                {
                    return finding with { Native = null, NativeScale = null, Derived = badge.Scale.Level(skill.Level).Code, Crosswalk = null };
                }

                return finding.Native is not null ? finding : throw Refused.Invalid("recognition.level-needed", "The source's scale is not known here, so please say at which level each skill is shown.");
            }),
        ];
    }

    private async Task<Brought> BroughtAsync(RecognitionCase found, Changes changes, CancellationToken cancellationToken)
    {
        if (found.Source.Award is { } award)
        {
            var brought = await sources.OfAwardAsync(award, cancellationToken);
            var read = await store.GetAsync(AwardDocuments.Kind, award.Value, "award", cancellationToken);
            changes.Require(AwardDocuments.Kind, read);
            if (found.Owner == OwnerProof.OwnRecord && !(await store.SameLearnerAsync(found.Learner, cancellationToken)).Contains(read.Document.Learner))
            {
                throw RecognitionWorkflow.AnotherLearners();
            }

            return brought.Fault is { } fault ? throw fault : brought;
        }

        var text = await store.FindAsync(RecognitionDocuments.Texts, found.Id.Value, cancellationToken);
        var source = text is null ? new Brought(found.Source, [], null, null) : await sources.OfTextAsync(text.Document.Text, cancellationToken);
        return source.Fault is { } gone ? throw gone : source with { Badge = found.Source };
    }

    private RecognitionCase Told(Changes changes, RecognitionCase answered)
    {
        changes.Notify(answered.Learner, NoticeKind.RecognitionAnswered, answered.Id.Value, record.Now);
        return answered;
    }

    private Task<Read<RecognitionCase>> ChangeAsync(
        Actor actor, RecognitionId id, long? ifMatch, RequestKey? key, Func<RecognitionCase, Membership, Changes, CancellationToken, Task<RecognitionCase>> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await ReadAsync(actor, id, attemptToken);
            if ((await store.SameLearnerAsync(read.Document.Learner, attemptToken)).Contains(actor.Person))
            {
                throw Refused.Forbidden("recognition.own", "Nobody decides about a record of their own.");
            }

            var office = await authority.RequireAsync(actor, read.Document.School, Offices.Records, attemptToken);
            var changes = new Changes().Require(MembershipDocuments.Kind, office);
            var changed = await change(read.MustBe(ifMatch).Document, office.Document, changes, attemptToken);
            return new Outcome<Read<RecognitionCase>>(changes.Replace(RecognitionDocuments.Kind, read, changed), read.Became(changed), id.Value);
        },
        (result, replayToken) => store.GetAsync(RecognitionDocuments.Kind, result, "recognition", replayToken),
        cancellationToken);
}
