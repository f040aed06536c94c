using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Clr;

namespace SkillBadges.Core.Gradebook;

/// <summary>
/// Makes of a transcript a Comprehensive Learner Record 2.0: the credentials as their own issuers signed them, how their achievements stand to each other,
/// and around them the signature of the school that hands it out. It names nobody, as the credentials name nobody.
/// </summary>
public sealed class TranscriptSigning(Commits commits, IssuerKeys keys, InstanceAddress address, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <returns>JSON with an <c>eddsa-rdfc-2022</c> proof.</returns>
    /// <exception cref="RefusedException"><c>transcript.no-badges</c>: a record holds at least one credential.</exception>
    public async Task<SignedForm> SignAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var ids = transcript.Credentials.Select(credential => credential.Value).ToList();
        var contained = (await store.FindAllAsync(SignedCredentialDocuments.Kind, ids, cancellationToken))
            .OrderBy(signed => ids.IndexOf(signed.Credential.Value))
            .Select(signed => signed.Form(SignedForm.EddsaRdfc2022))
            .OfType<SignedForm>()
            .Select(form => InnerCredential.OfJson(Encoding.UTF8.GetBytes(form.Text)))
            .ToList();
        var courses = transcript.Courses.Select(course => course.Course).Where(course => course.RecordKeeper == transcript.Issuer.Id).ToList();
        if (contained.Count + courses.Count == 0)
        {
            throw Refused.Conflict("transcript.no-badges", "No badge was earned and no course recorded yet; a signed record holds at least one.");
        }

        var subject = await SubjectAsync(transcript, cancellationToken);
        var associations = AchievementAssociations.Of(await BadgesAsync(transcript, cancellationToken), await StacksAsync(transcript, cancellationToken), address);
        var isAgain = false;
        return await commits.RunAsync(
            async attemptToken =>
            {
                if (isAgain)
                {
                    // Nothing else is required, so it was the keys that changed.
                    keys.Forget(transcript.Issuer.Id);
                }

                isAgain = true;
                var now = DateTimeOffset.FromUnixTimeSeconds(clock.Now().ToUnixTimeSeconds());
                var active = await keys.ActiveAsync(transcript.Issuer.Id, attemptToken);
                var record = Record(transcript, subject, [.. contained, .. await SignedAsync(courses, transcript, subject, active, now, attemptToken)], associations, now);
                var form = await EmbeddedProof.AddAsync(record.ToJson(), active, now, attemptToken);
                var changes = new Changes();
                IntentSigning.RequireKeys([form], active, changes);
                return new Outcome<SignedForm>(changes, form, record.Id);
            },
            cancellationToken);
    }

    // Of courses the school signs what it recorded itself; what other schools recorded is theirs to sign.
    private async Task<List<InnerCredential>> SignedAsync(
        List<CourseRecord> courses, Transcript transcript, string subject, SigningKeys active, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var signed = new List<InnerCredential>(courses.Count);
        foreach (var course in courses)
        {
            var form = await EmbeddedProof.AddAsync(CourseCredential.Of(course, transcript.Issuer, subject, address, now).ToJson(), active, now, cancellationToken);
            signed.Add(InnerCredential.OfJson(Encoding.UTF8.GetBytes(form.Text)));
        }

        return signed;
    }

    private ClrCredential Record(Transcript transcript, string subject, IReadOnlyList<InnerCredential> contained, IReadOnlyList<Association> associations, DateTimeOffset now) => new()
    {
        Id = RandomUrn(),
        Name = $"Transcript of {transcript.Issuer.Name}",
        Description = "Badges with the levels that were decided, each signed by the school that decided. Nothing is averaged or ranked.",
        Issuer = AwardCredential.Profile(transcript.Issuer, address),
        ValidFrom = now,
        AwardedDate = now,
        Partial = transcript.Withheld > 0 || transcript.Courses.Any(course => course.Course.RecordKeeper != transcript.Issuer.Id) ? true : null,
        CredentialSubject = new() { Id = subject, VerifiableCredential = contained, Association = associations },
    };

    // The name under which the school's own credentials speak of the learner; one for this record where it issued none.
    private async Task<string> SubjectAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        foreach (var person in await store.SameLearnerAsync(transcript.Learner, cancellationToken))
        {
            if (await store.FindAsync(LearnerPseudonymDocuments.Kind, LearnerPseudonymDocuments.IdOf(person, transcript.Issuer.Id), cancellationToken) is { } known)
            {
                return known.Document.SubjectId;
            }
        }

        return RandomUrn();
    }

    private async Task<IReadOnlyList<BadgeDefinition>> BadgesAsync(Transcript transcript, CancellationToken cancellationToken) =>
        [.. (await store.VersionsAsync(transcript.Parts.SelectMany(part => part.Badges).Where(badge => badge.Credential is not null).Select(badge => badge.Badge), cancellationToken)).Values];

    private Task<IReadOnlyList<BadgeStack>> StacksAsync(Transcript transcript, CancellationToken cancellationToken) =>
        store.FindAllAsync(StackDocuments.Versions, transcript.Stacks.Select(stack => stack.Stack).Distinct(StringComparer.Ordinal), cancellationToken);

    private static string RandomUrn() => LearnerPseudonym.New(default, default).SubjectId;
}
