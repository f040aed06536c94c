using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using OpenBadge = SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Gradebook.Courses;

/// <summary>
/// A course inside a signed record: an achievement of the type Course with a letter grade, credits and term (Open Badges 3.0, 2024-05, AchievementType and
/// ResultType). The school says what it recorded and, where another one gave the letter, from whom; it does not sign in the other's name. Nobody is named.
/// </summary>
public static class CourseCredential
{
    /// <param name="course">Of this school.</param>
    /// <param name="school">Who recorded it and signs.</param>
    /// <param name="subject">The name under which the record speaks of the learner.</param>
    /// <param name="address">Where the school is found.</param>
    /// <param name="now">From when this holds; a newer one takes the place of an older one.</param>
    public static OpenBadge.AchievementCredential Of(CourseRecord course, Organization school, string subject, InstanceAddress address, DateTimeOffset now)
    {
        var words = course.Words;
        var id = $"urn:uuid:{Guid.Parse(course.Id.Value):D}";
        var completed = new DateTimeOffset(words.CompletedOn, TimeOnly.MinValue, TimeSpan.Zero);
        var from = words.Source is { } source ? $"Recorded by {school.Name} from {source}." : $"Given and recorded by {school.Name}.";
        return new()
        {
            Id = id,
            Name = words.Title,
            Description = from,
            Issuer = AwardCredential.Profile(school, address),
            ValidFrom = now,
            AwardedDate = completed,
            CredentialSubject = new()
            {
                Id = subject,
                Achievement = new()
                {
                    Id = $"{id}#course",
                    Name = words.Title,
                    Description = $"{words.Title}: a course that is graded by a letter, beside skills that are judged by levels.",
                    Criteria = new() { Narrative = "As the course was graded by who gave it." },
                    AchievementType = "Course",
                    HumanCode = words.Code,
                    ResultDescription = words.Letter is null ? [] : [new() { Id = $"{id}#letter", Name = "Letter", ResultType = "LetterGrade" }],
                },
                Result = words.Letter is { } letter ? [new() { ResultDescription = $"{id}#letter", Value = letter }] : [],
                CreditsEarned = words.Credits,
                ActivityEndDate = completed,
                Term = words.Term,
                Narrative = from,
            },
        };
    }
}
