namespace SkillBadges.Credentials.Rdf;

/// <summary>One statement. Each member is a term number of the <see cref="QuadSet"/> that holds the quad.</summary>
/// <param name="Graph"><see cref="QuadSet.DefaultGraph"/> when the statement is in no named graph.</param>
public readonly record struct Quad(int Subject, int Predicate, int Object, int Graph);
