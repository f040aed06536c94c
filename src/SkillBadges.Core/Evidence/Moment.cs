namespace SkillBadges.Core.Evidence;

/// <summary>A clock that stands at one instant: what held then is asked of those who otherwise ask about now.</summary>
internal sealed class Moment(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;
}
