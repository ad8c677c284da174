def test_a_plan_reaches_its_approval(planned):
    assert planned("A").state == "approved"
