using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Grades;

/// <summary>What one version of a policy makes of a transcript, beside the native levels.</summary>
/// <param name="Organization">Whose policy it is, by name.</param>
/// <param name="Average">Null where nothing counts.</param>
/// <param name="Unlettered">Skills of the schools that the policy is for without a letter.</param>
public sealed record TranscriptGrades(GradePolicy Policy, string Organization, GradeAverage? Average, int Unlettered)
{
    /// <summary>The transcript with letters beside the levels, where the policy has one. Levels stay as they are.</summary>
    /// <param name="transcript">In native levels.</param>
    /// <param name="policy">One version.</param>
    /// <param name="organization">Whose it is, by name.</param>
    /// <param name="covered">The record-keepers for whose levels it speaks: the organization and those below it. Other schools' levels are not its to convert.</param>
    public static Transcript Of(Transcript transcript, GradePolicy policy, string organization, IReadOnlySet<OrganizationId> covered)
    {
        var terms = policy.Terms;
        PolicyLetter? LetterOf(TranscriptBadge badge, TranscriptSkill skill) => terms.Of(VersionOf(transcript.Legend[badge.Scale.Hex]), skill.Level.Code);
        var items = new List<GradedItem>();
        foreach (var badge in transcript.Parts.Where(part => covered.Contains(part.RecordKeeper)).SelectMany(part => part.Badges).Where(badge => Counts(terms, badge)))
        {
            var credits = terms.Badges.FirstOrDefault(known => known.Slug == badge.Badge.Slug)?.Credits / badge.Skills.Length;
            items.AddRange(badge.Skills.Select(skill => new GradedItem(LetterOf(badge, skill), credits)));
        }

        foreach (var course in transcript.Parts.Where(part => covered.Contains(part.RecordKeeper)).SelectMany(part => part.Courses).Select(course => course.Course.Words).Where(course => Counts(terms, course)))
        {
            items.Add(new(terms.Find(course.Letter!), course.Credits));
        }

        var lettered = transcript with
        {
            Parts =
            [
                .. transcript.Parts.Select(part => !covered.Contains(part.RecordKeeper)
                    ? part
                    : part with { Badges = [.. part.Badges.Select(badge => badge with { Skills = [.. badge.Skills.Select(skill => skill with { Letter = LetterOf(badge, skill)?.Letter })] })] }),
            ],
        };
        var unlettered = lettered.Parts.Where(part => covered.Contains(part.RecordKeeper)).SelectMany(part => part.Badges).SelectMany(badge => badge.Skills).Count(skill => skill.Letter is null);
        return lettered with { Grades = new(policy, organization, GradeAverage.Of(terms, items), unlettered) };
    }

    private static bool Counts(GradeTerms terms, TranscriptBadge badge) =>
        terms.Skills == CountedSkills.Decided || (terms.Skills == CountedSkills.Earned && badge.EarnedOn is not null);

    private static bool Counts(GradeTerms terms, CourseWords course) =>
        course.Letter is not null && (terms.Courses == CountedCourses.All || (terms.Courses == CountedCourses.Own && course.Source is null));

    private static string VersionOf(MasteryScale scale) => ScaleDocuments.VersionId(scale.Id, scale.Version);
}
